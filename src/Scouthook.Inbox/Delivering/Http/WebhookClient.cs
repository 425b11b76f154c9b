using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Scouthook.Inbox.Delivering.Network;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Sets up the HTTP client of all deliveries: nothing goes anywhere that the guard has not looked at.</summary>
internal static class WebhookClient
{
    public static SocketsHttpHandler Create(NetworkGuard guard) => new()
    {
        ConnectCallback = guard.ConnectAsync,

        // Behind a proxy the guard would see the proxy's address only; a redirect would be a second, unsigned request.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,

        // The request carries its own traceparent.
        ActivityHeadersPropagator = null,

        // Names are looked up anew, and networks no longer allowed are left, after this long at the latest.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),

        MaxResponseHeadersLength = 64,

        // The rest of a long answer is not read to keep the connection: that would cost more than a new one.
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),

        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                // A certificate names URLs of its issuer and of revocation lists. Fetching them would let an endpoint
                // point us at any address, past the guard.
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
