namespace Scouthook.Management.Services.Views;

/// <summary>A trusted secret by its fingerprint.</summary>
internal sealed record SecretView(string Fingerprint, DateTimeOffset? ExpiresAt);
