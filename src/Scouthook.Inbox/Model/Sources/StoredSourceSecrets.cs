namespace Scouthook.Inbox.Model;

/// <summary>The stored secrets of all sources.</summary>
/// <param name="FingerprintKey">The key of fingerprints: random bytes, as old as the store.</param>
/// <param name="All">In the order in which they were added.</param>
internal sealed record StoredSourceSecrets(byte[] FingerprintKey, IReadOnlyList<StoredSourceSecret> All);
