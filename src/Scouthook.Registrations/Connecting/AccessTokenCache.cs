using System.Text.Json;
using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Connecting;

/// <summary>Holds the access token of one set of credentials, and requests it once however many callers wait.</summary>
internal sealed class AccessTokenCache(ApiSender sender, HelpScoutCredentials credentials, TimeProvider timeProvider)
{
    /// <summary>For answers that lack a lifetime; the documented one is two days.</summary>
    private static readonly TimeSpan DefaultValidity = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Uri _address = ApiAddress.Of(credentials, "v2/oauth2/token");
    private AccessToken? _token;
    private Task<AccessToken>? _request;

    /// <returns>A token that is not about to expire.</returns>
    /// <exception cref="HelpScoutApiException">Help Scout issued none.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<AccessToken> request;
        lock (_lock)
        {
            if (_token is { } token && token.IsFresh(timeProvider))
            {
                return token.Value;
            }

            // Shared by all callers, so none of them may cancel it; the timeout of the client bounds it.
            request = _request ??= Task.Run(RequestAndKeepAsync, CancellationToken.None);
        }

        return (await request.WaitAsync(cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>Drops a token that Help Scout rejected, unless another caller has already replaced it.</summary>
    public void Drop(string rejected)
    {
        lock (_lock)
        {
            if (_token?.Value == rejected)
            {
                _token = null;
            }
        }
    }

    private async Task<AccessToken> RequestAndKeepAsync()
    {
        try
        {
            var token = await RequestAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _token = token;
            }

            return token;
        }
        finally
        {
            lock (_lock)
            {
                _request = null;
            }
        }
    }

    private async Task<AccessToken> RequestAsync()
    {
        var issuedAt = timeProvider.GetTimestamp();
        var (response, _) = await sender.SendAsync(CreateRequest, isIdempotent: true, CancellationToken.None).ConfigureAwait(false);
        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                throw await ErrorReader.ReadTokenErrorAsync(response, credentials).ConfigureAwait(false);
            }

            var answer = await JsonAnswer.ReadAsync(response, CancellationToken.None).ConfigureAwait(false);
            var value = JsonAnswer.Text(answer, "access_token");
            return string.IsNullOrEmpty(value)
                ? throw JsonAnswer.Unreadable(response)
                : AccessToken.Create(value, issuedAt, ValidityOf(answer));
        }
    }

    private HttpRequestMessage CreateRequest() => new(HttpMethod.Post, _address)
    {
        Content = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", credentials.ClientId),
            new("client_secret", credentials.ClientSecret),
        ]),
    };

    private static TimeSpan ValidityOf(JsonElement answer) => JsonAnswer.Number(answer, "expires_in") is > 0 and var seconds
        ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue))
        : DefaultValidity;
}
