using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Scouthook.Testing.Emulating.Http;

/// <summary>Issues access and refresh tokens, and knows which are valid.</summary>
internal sealed class AccessTokens(TimeSpan lifetime, IdSource ids, TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _access = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _refresh = new(StringComparer.Ordinal);

    public TimeSpan Lifetime => lifetime;

    public string Issue()
    {
        var token = ids.Token();
        _access[token] = timeProvider.GetUtcNow() + lifetime;
        return token;
    }

    public string IssueRefreshToken()
    {
        var token = ids.Token();
        _refresh[token] = true;
        return token;
    }

    /// <summary>Uses up a refresh token.</summary>
    public bool TryUseRefreshToken([NotNullWhen(true)] string? token) => token is not null && _refresh.TryRemove(token, out _);

    public bool IsValid(string token) => _access.TryGetValue(token, out var expiresAt) && timeProvider.GetUtcNow() < expiresAt;

    /// <summary>Ends all access tokens. Refresh tokens stay.</summary>
    public void Revoke() => _access.Clear();
}
