namespace Scouthook.Management.Services.Views;

/// <summary>A source as configured, and what it has received.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where Help Scout posts to.</param>
/// <param name="Configured">Whether the configuration names it; one that it does not may have stored events.</param>
/// <param name="Secrets">Keyed fingerprints of its secrets, the current one first.</param>
/// <param name="LastReceivedAt">When its newest event came.</param>
/// <param name="LastSequence">The sequence of its newest event.</param>
internal sealed record SourceView(
    string Name,
    string? Path,
    bool Configured,
    IReadOnlyList<SecretView> Secrets,
    DateTimeOffset? LastReceivedAt,
    long? LastSequence);
