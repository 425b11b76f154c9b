using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed class TlsTests : IDisposable
{
    private readonly SenderSetup _setup = new();

    public void Dispose() => _setup.Dispose();

    [Fact]
    public async Task TLS_on_a_plain_port_is_reported_as_such()
    {
        await using var endpoint = RawEndpoint.OnConnect(
            (it, stream, end) => it.WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), end));

        var result = await _setup.SendAsync(Secure(endpoint));

        Assert.Equal(AttemptOutcome.TlsFailed, result.Outcome);
        Assert.StartsWith("The TLS connection failed: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Untrusted_certificate_is_rejected_and_its_URLs_are_not_fetched()
    {
        await using var issuer = RawEndpoint.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        using var certificate = Certificate(issuer.Url);
        await using var endpoint = RawEndpoint.OnConnect((_, stream, end) => ServeAsync(stream, certificate, end));

        var result = await _setup.SendAsync(Secure(endpoint), timeout: TimeSpan.FromMinutes(1));

        Assert.Equal(AttemptOutcome.TlsFailed, result.Outcome);
        Assert.Contains("certificate", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, issuer.Connections);
    }

    private static Uri Secure(RawEndpoint endpoint) => new($"https://127.0.0.1:{endpoint.Port}/hook");

    private static async Task ServeAsync(NetworkStream stream, X509Certificate2 certificate, CancellationToken end)
    {
        await using var secure = new SslStream(stream, leaveInnerStreamOpen: true);
        try
        {
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                },
                end);
            await secure.ReadExactlyAsync(new byte[1], end);
        }
        catch (Exception exception) when (exception is System.Security.Authentication.AuthenticationException or IOException)
        {
            // The client aborts the handshake, as the test expects.
        }
    }

    /// <summary>A certificate sent without its issuer, with only the URL to fetch it from.</summary>
    private static X509Certificate2 Certificate(Uri issuer)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=nobody knows it", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, until) = (Some.Instant.AddYears(-5), Some.Instant.AddYears(20));
        using var authorityCertificate = authority.CreateSelfSigned(from, until);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuer.AbsoluteUri]));
        using var signed = request.Create(authorityCertificate, from, until, [1]);
        using var both = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(both.Export(X509ContentType.Pkcs12), null);
    }
}
