using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Comparing;

/// <summary>A registration that should exist in Help Scout.</summary>
public sealed record ExpectedRegistration
{
    /// <summary>The name it is declared under.</summary>
    public required string Name { get; init; }

    /// <summary>The URL that Help Scout should call.</summary>
    public required string Url { get; init; }

    /// <summary>The events it should send; <see langword="null"/>: not compared, and all accepted ones at creation.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>True if it may also send other events, which an update then keeps.</summary>
    public bool AllowsOtherEvents { get; init; }

    /// <summary>The inboxes it should send from, empty for all; <see langword="null"/>: not compared, and all at creation.</summary>
    public IReadOnlyList<long>? MailboxIds { get; init; }

    /// <summary>The label; <see langword="null"/>: not compared, and <see cref="Name"/> at creation.</summary>
    public string? Label { get; init; }

    /// <summary>The version of the payloads; <see langword="null"/>: any but <see cref="PayloadVersions.V1"/>.</summary>
    public string? PayloadVersion { get; init; }

    /// <summary>True if bodies should contain only the URI of the resource.</summary>
    public bool Notification { get; init; }

    /// <summary>The label that identifies the registration after its URL has changed.</summary>
    internal string OwnLabel => Label ?? Name;

    /// <summary>Returns the request that creates it.</summary>
    /// <param name="secret">The secret that Help Scout will sign with.</param>
    /// <returns>The request.</returns>
    public RegistrationRequest ToRequest(string secret) => new()
    {
        Url = Url,
        Events = Events ?? AcceptedEvents.All,
        Secret = secret,
        Label = OwnLabel,
        PayloadVersion = PayloadVersion,
        Notification = Notification,
        MailboxIds = MailboxIds ?? [],
    };

    /// <summary>Returns the request that makes an existing registration as expected, and enables it.</summary>
    /// <param name="existing">The registration in Help Scout. What is not compared is kept.</param>
    /// <param name="secret">The secret that Help Scout will sign with.</param>
    /// <returns>The request.</returns>
    public RegistrationRequest ToRequest(WebhookRegistration existing, string secret)
    {
        ArgumentNullException.ThrowIfNull(existing);

        var version = existing.PayloadVersion == PayloadVersions.V1 ? PayloadVersions.V2 : existing.PayloadVersion;
        return new RegistrationRequest
        {
            Url = Url,
            Events = Events is null ? existing.Events : AllowsOtherEvents ? [.. Events.Union(existing.Events)] : Events,
            Secret = secret,
            State = RegistrationState.Enabled,
            Label = Label ?? existing.Label ?? Name,
            PayloadVersion = PayloadVersion ?? version,
            Notification = Notification,
            MailboxIds = MailboxIds ?? existing.MailboxIds,
        };
    }
}
