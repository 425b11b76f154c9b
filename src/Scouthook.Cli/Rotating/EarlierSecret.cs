namespace Scouthook.Cli.Rotating;

/// <summary>A secret that was valid before a rotation.</summary>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="ExpiresAt">When it ends; <see langword="null"/> for never.</param>
internal sealed record EarlierSecret(string Fingerprint, DateTimeOffset? ExpiresAt);
