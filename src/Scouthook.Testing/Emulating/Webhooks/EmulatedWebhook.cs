namespace Scouthook.Testing;

/// <summary>A webhook of a <see cref="HelpScoutEmulator"/> with its delivery log, as of the moment it was read.</summary>
public sealed record EmulatedWebhook
{
    /// <summary>The id: <c>Resource-ID</c> in the response to its creation.</summary>
    public required long Id { get; init; }

    /// <summary>Where events are sent.</summary>
    public required string Url { get; init; }

    /// <summary>The events that are sent.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The inboxes whose events are sent; empty for all.</summary>
    public required IReadOnlyList<long> MailboxIds { get; init; }

    /// <summary>True if events are sent; false if the webhook is disabled.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Why the webhook is disabled; <see langword="null"/> if it is enabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>The label, if it has one.</summary>
    public string? Label { get; init; }

    /// <summary>The payload version, such as <c>V2</c>.</summary>
    public required string PayloadVersion { get; init; }

    /// <summary>True if bodies contain only the address of the resource.</summary>
    public required bool Notification { get; init; }

    /// <summary>The number of discarded events that counts towards disabling the webhook.</summary>
    public required int Discards { get; init; }

    /// <summary>The number of events still to be acknowledged or discarded.</summary>
    public required int Pending { get; init; }

    /// <summary>The latest attempts, oldest first.</summary>
    public required IReadOnlyList<EmulatedAttempt> DeliveryLog { get; init; }

    /// <summary>Returns the id and the state.</summary>
    /// <returns>For example <c>webhook 10 (enabled)</c>.</returns>
    public override string ToString() => $"webhook {Id} ({(IsEnabled ? "enabled" : "disabled")})";
}
