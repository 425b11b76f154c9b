using Scouthook.Registrations.Model;

namespace Scouthook.Registrations;

/// <summary>Creates clients for any number of Help Scout accounts.</summary>
/// <remarks>Returns the same client, and so the same access token, for equal credentials.</remarks>
public sealed class HelpScoutClientFactory
{
    /// <summary>The name of the HTTP client that calls go through.</summary>
    public const string HttpClientName = "Scouthook.HelpScout";

    /// <summary>More accounts than anyone has; credentials that were replaced long ago are dropped.</summary>
    private const int MostClients = 100;

    private readonly IHttpClientFactory _httpClients;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Dictionary<HelpScoutCredentials, HelpScoutClient> _clients = [];

    /// <summary>Creates a factory.</summary>
    /// <param name="httpClients">Creates the HTTP clients.</param>
    /// <param name="timeProvider">The clock that waits and the expiry of tokens go by.</param>
    public HelpScoutClientFactory(IHttpClientFactory httpClients, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(httpClients);
        ArgumentNullException.ThrowIfNull(timeProvider);

        _httpClients = httpClients;
        _timeProvider = timeProvider;
    }

    /// <summary>Returns the client for an account.</summary>
    /// <param name="credentials">The credentials of an app in that account.</param>
    /// <returns>The client.</returns>
    public HelpScoutClient GetClient(HelpScoutCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);

        lock (_lock)
        {
            if (_clients.TryGetValue(credentials, out var known))
            {
                return known;
            }

            if (_clients.Count >= MostClients)
            {
                _clients.Clear();
            }

            var client = new HelpScoutClient(() => _httpClients.CreateClient(HttpClientName), credentials, _timeProvider);
            _clients.Add(credentials, client);
            return client;
        }
    }
}
