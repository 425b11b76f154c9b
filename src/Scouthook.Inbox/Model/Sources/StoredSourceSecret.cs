namespace Scouthook.Inbox.Model;

/// <summary>A stored secret of a source, or the stored end of a configured one.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Fingerprint">The fingerprint, keyed with that of the store.</param>
/// <param name="Secret">
/// The secret, encrypted; <see langword="null"/> if it is a configured one, or was removed: then only its end is kept.
/// </param>
/// <param name="AddedAt">When it was added, or first ended.</param>
/// <param name="ExpiresAt">When it ends; <see langword="null"/> for never.</param>
internal sealed record StoredSourceSecret(
    string Source, string Fingerprint, byte[]? Secret, DateTimeOffset AddedAt, DateTimeOffset? ExpiresAt);
