namespace Scouthook.Registrations.Model;

/// <summary>The complete registration to create, or to replace an existing one with.</summary>
/// <remarks>Help Scout has no partial update: every update sends all members, including the secret.</remarks>
public sealed record RegistrationRequest
{
    /// <summary>The longest secret that Help Scout documents.</summary>
    public const int MaxSecretLength = 40;

    /// <summary>The URL to post events to.</summary>
    public required string Url { get; init; }

    /// <summary>The names of the events to send; at least one.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The secret that Help Scout signs with.</summary>
    public required string Secret { get; init; }

    /// <summary>The state, or <see langword="null"/> to leave it to Help Scout.</summary>
    public string? State { get; init; }

    /// <summary>The label, or <see langword="null"/> for none.</summary>
    public string? Label { get; init; }

    /// <summary>The version of the payloads, or <see langword="null"/> for Help Scout's default.</summary>
    public string? PayloadVersion { get; init; }

    /// <summary>True for bodies that contain only the URI of the resource.</summary>
    public bool Notification { get; init; }

    /// <summary>The inboxes whose conversations are sent; empty for all.</summary>
    public IReadOnlyList<long> MailboxIds { get; init; } = [];

    /// <summary>Describes the request without its secret.</summary>
    /// <returns>The URL and the number of events.</returns>
    public override string ToString() => $"{Url}, {Events.Count} events";
}
