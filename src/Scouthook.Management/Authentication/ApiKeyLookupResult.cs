namespace Scouthook.Management.Authentication;

/// <summary>The caller that an API key belongs to.</summary>
/// <param name="Caller">The caller; <see langword="null"/> if the key is not valid.</param>
/// <param name="Outcome"><c>live</c>, <c>unknown</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="ExpiresAt">When the key expires.</param>
internal readonly record struct ApiKeyLookupResult(Caller? Caller, string Outcome, DateTimeOffset? ExpiresAt = null);
