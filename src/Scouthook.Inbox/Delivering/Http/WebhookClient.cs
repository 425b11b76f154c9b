using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Scouthook.Inbox.Delivering.Network;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Creates the HTTP client of all deliveries; every connection passes the network guard.</summary>
internal static class WebhookClient
{
    public static SocketsHttpHandler Create(NetworkGuard guard) => new()
    {
        ConnectCallback = guard.ConnectAsync,

        // Behind a proxy the guard would see only the address of the proxy; a redirect would be a second, unsigned
        // request.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,

        // The request carries its own traceparent.
        ActivityHeadersPropagator = null,

        // Within this time, host names are resolved again and connections to networks no longer allowed are closed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),

        MaxResponseHeadersLength = 64,

        // A long response is not drained to keep the connection: that would cost more than a new one.
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),

        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                // A certificate names URLs of its issuer and of revocation lists. Fetching them would let an endpoint
                // direct requests to any address, bypassing the guard.
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
