namespace Scouthook.Management.Services.Views.Sources;

/// <summary>A configured source, and its activity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The path that Help Scout posts to.</param>
/// <param name="Configured">Whether it is configured; a source no longer configured may have stored events.</param>
/// <param name="Secrets">Keyed fingerprints of its secrets, the current one first.</param>
/// <param name="LastReceivedAt">When its newest event was received.</param>
/// <param name="LastSequence">The sequence of its newest event.</param>
/// <param name="Registration">Its registrations in Help Scout; <see langword="null"/> if they are not watched or not checked yet.</param>
internal sealed record SourceView(
    string Name,
    string? Path,
    bool Configured,
    IReadOnlyList<SecretView> Secrets,
    DateTimeOffset? LastReceivedAt,
    long? LastSequence,
    RegistrationView? Registration = null);
