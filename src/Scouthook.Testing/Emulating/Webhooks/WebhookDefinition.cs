using Scouthook.Events;

namespace Scouthook.Testing;

/// <summary>The definition of a webhook, as in the form of Help Scout.</summary>
public sealed record WebhookDefinition
{
    /// <summary>Where events are sent.</summary>
    public required string Url { get; init; }

    /// <summary>The secret that signs them.</summary>
    public required string Secret { get; init; }

    /// <summary>The events to send.</summary>
    /// <value>The default is all 26 of the catalogue.</value>
    public IReadOnlyList<string> Events { get; init; } = [.. HelpScoutEventCatalog.All.Select(type => type.Name)];

    /// <summary>The inboxes whose events are sent. Events without an inbox are always sent.</summary>
    /// <value>The default is empty: all inboxes.</value>
    public IReadOnlyList<long> MailboxIds { get; init; } = [];

    /// <summary>Sends only the address of the resource.</summary>
    /// <value>The default is <see langword="false"/>: the body is the resource itself.</value>
    public bool Notification { get; init; }

    /// <summary>A text for people.</summary>
    public string? Label { get; init; }

    /// <summary>The payload version.</summary>
    /// <value>The default is <see cref="HelpScoutEmulatorOptions.PayloadVersion"/>.</value>
    public string? PayloadVersion { get; init; }

    /// <summary>Returns the name of the type and nothing of the secret.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"webhook for {Events.Count} event types";
}
