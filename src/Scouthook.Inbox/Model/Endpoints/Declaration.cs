namespace Scouthook.Inbox.Model;

/// <summary>The declaration of a configuration or an app as a whole, and since when it exists.</summary>
/// <param name="Origin">Whether the configuration or the app declares it.</param>
/// <param name="Fingerprint">Identifies its content.</param>
/// <param name="FirstSeenAt">When a node first declared it; declared again after another one, since then.</param>
/// <param name="ConfirmedAt">When a node last declared it.</param>
/// <param name="ConfirmedBy">That node.</param>
internal sealed record Declaration(
    EndpointOrigin Origin, string Fingerprint, DateTimeOffset FirstSeenAt, DateTimeOffset ConfirmedAt, Guid ConfirmedBy);
