namespace Scouthook.Registrations.Model;

/// <summary>A webhook registered in Help Scout, as the API returns it: without its secret.</summary>
public sealed record WebhookRegistration
{
    /// <summary>The id of the registration.</summary>
    public required long Id { get; init; }

    /// <summary>The URL that Help Scout posts events to.</summary>
    public required string Url { get; init; }

    /// <summary>The names of the events that are sent.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The state, see <see cref="RegistrationState"/>.</summary>
    public string State { get; init; } = RegistrationState.Enabled;

    /// <summary>The label, or <see langword="null"/> if there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The version of the payloads, see <see cref="PayloadVersions"/>.</summary>
    /// <value>The default is <see cref="PayloadVersions.V2"/>, also if Help Scout omits it.</value>
    public string PayloadVersion { get; init; } = PayloadVersions.V2;

    /// <summary>True if bodies contain only the URI of the resource (notification mode).</summary>
    public bool Notification { get; init; }

    /// <summary>The inboxes whose conversations are sent; empty for all.</summary>
    public IReadOnlyList<long> MailboxIds { get; init; } = [];

    /// <summary>True unless Help Scout reports the registration as disabled.</summary>
    public bool IsEnabled => !State.Equals(RegistrationState.Disabled, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a request that keeps everything as it is.</summary>
    /// <param name="secret">The secret that Help Scout will sign with; the API never returns the present one.</param>
    /// <returns>The request, to be changed with <c>with</c> and passed to an update.</returns>
    public RegistrationRequest ToRequest(string secret) => new()
    {
        Url = Url,
        Events = Events,
        Secret = secret,
        State = State,
        Label = Label,
        PayloadVersion = PayloadVersion,
        Notification = Notification,
        MailboxIds = MailboxIds,
    };
}
