namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A trusted secret by its fingerprint.</summary>
internal sealed record SecretJson(string Fingerprint, DateTimeOffset? ExpiresAt);
