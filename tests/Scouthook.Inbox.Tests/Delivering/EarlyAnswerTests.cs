using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>Endpoints that respond before reading the request, and close the connection.</summary>
public sealed class EarlyAnswerTests : IDisposable
{
    private static readonly byte[] Body = BodyOf(3 * 1024 * 1024);

    private readonly X509Certificate2 _certificate = Certificate();
    private readonly WebhookSender _sender;

    public EarlyAnswerTests()
    {
        var guard = new NetworkGuard(() => SomeDelivery.LoopbackAllowed, (_, _) => Task.FromResult<System.Net.IPAddress[]>([]));
        var handler = WebhookClient.Create(guard);
        handler.SslOptions.CertificateChainPolicy!.TrustMode = X509ChainTrustMode.CustomRootTrust;
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_certificate);
        _sender = new WebhookSender(handler, TimeProvider.System);
    }

    /// <summary>How an endpoint closes the connection.</summary>
    public enum Ending
    {
        /// <summary>Closes immediately; the system resets the connection because there is unread data.</summary>
        Close,

        /// <summary>Shuts down sending first.</summary>
        ShutDownAndClose,

        /// <summary>Shuts down sending, and reads the rest before closing.</summary>
        Linger,
    }

    public static TheoryData<string, int, Ending> Cases
    {
        get
        {
            var data = new TheoryData<string, int, Ending>();
            foreach (var scheme in new[] { "http", "https" })
            {
                foreach (var status in new[] { 200, 204, 500, 410 })
                {
                    foreach (var ending in Enum.GetValues<Ending>())
                    {
                        data.Add(scheme, status, ending);
                    }
                }
            }

            return data;
        }
    }

    public void Dispose()
    {
        _sender.Dispose();
        _certificate.Dispose();
    }

    /// <remarks>
    /// Such attempts once failed with "The connection was reset", whatever the endpoint had responded, and were retried.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Response_counts_even_if_the_endpoint_closes_before_reading_the_body(string scheme, int status, Ending ending)
    {
        await using var endpoint = Endpoint(scheme, status, ending, "Connection: close\r\n");

        var result = await SendAsync(scheme, endpoint);

        var expected = status switch { 410 => AttemptOutcome.Gone, < 300 => AttemptOutcome.Delivered, _ => AttemptOutcome.Rejected };
        Assert.Equal((expected, status), (result.Outcome, result.StatusCode));
        Assert.Equal(status == 204 ? "" : "early", Encoding.UTF8.GetString(result.ResponseBody!));
    }

    /// <remarks>
    /// The body does not fit into the buffers of both sockets (about 10 MB), so sending fails. A shorter body may be sent as a
    /// whole before the endpoint closes: the connection is then kept, and the next request may be lost with it.
    /// </remarks>
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Connection_with_a_failed_send_is_not_reused_even_if_the_response_keeps_it_open(string scheme)
    {
        await using var endpoint = Endpoint(scheme, 200, Ending.Close, "");
        var body = BodyOf(24 * 1024 * 1024);

        for (var count = 1; count <= 5; count++)
        {
            var result = await SendAsync(scheme, endpoint, body);

            Assert.Equal((AttemptOutcome.Delivered, 200), (result.Outcome, result.StatusCode));
            Assert.Equal(count, endpoint.Connections);
        }
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Endpoint_that_closes_without_a_response_did_not_receive_the_event(string scheme)
    {
        await using var endpoint = RawEndpoint.OnConnect(async (_, stream, end) =>
        {
            var (secure, _) = await BeginAsync(scheme, stream, end);
            await secure.DisposeAsync();
            stream.Socket.Close();
        });

        var result = await SendAsync(scheme, endpoint);

        Assert.Equal((AttemptOutcome.ConnectionFailed, null), (result.Outcome, result.StatusCode));
    }

    [Fact]
    public async Task Response_cut_off_within_its_headers_is_no_response()
    {
        await using var endpoint = RawEndpoint.OnConnect(async (_, stream, end) =>
        {
            await BeginAsync("http", stream, end);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le"u8.ToArray(), end);
            stream.Socket.Close();
        });

        var result = await SendAsync("http", endpoint);

        Assert.Equal((AttemptOutcome.ConnectionFailed, null), (result.Outcome, result.StatusCode));
    }

    private static byte[] BodyOf(int length) => Encoding.UTF8.GetBytes($$"""{"id":1,"preview":"{{new string('x', length)}}"}""");

    private Task<AttemptResult> SendAsync(string scheme, RawEndpoint endpoint, byte[]? body = null) => _sender.SendAsync(
        new Uri($"{scheme}://127.0.0.1:{endpoint.Port}/hook"),
        SomeDelivery.Lease() with { Body = body ?? Body },
        SomeDelivery.Secrets(),
        TimeSpan.FromSeconds(45),
        TestContext.Current.CancellationToken).InTime();

    private RawEndpoint Endpoint(string scheme, int status, Ending ending, string headers) =>
        RawEndpoint.OnConnect(async (_, stream, end) =>
        {
            var (secure, rest) = await BeginAsync(scheme, stream, end);
            var answer = status == 204
                ? $"HTTP/1.1 204 No Content\r\n{headers}\r\n"
                : $"HTTP/1.1 {status} Early\r\n{headers}Content-Length: 5\r\n\r\nearly";
            await secure.WriteAsync(Encoding.Latin1.GetBytes(answer), end);
            if (ending is Ending.Close)
            {
                stream.Socket.Close();
                return;
            }

            stream.Socket.Shutdown(SocketShutdown.Send);
            if (ending is Ending.Linger)
            {
                while (rest < Body.Length)
                {
                    rest += await secure.ReadAsync(new byte[64 * 1024], end);
                }
            }

            stream.Socket.Close();
        });

    /// <summary>Reads the head and the part of the body that arrived with it.</summary>
    private async Task<(Stream Stream, int BodyRead)> BeginAsync(string scheme, NetworkStream stream, CancellationToken end)
    {
        // Data waiting for an acknowledgement when the connection is reset is never sent.
        stream.Socket.NoDelay = true;
        Stream used = stream;
        if (scheme == "https")
        {
            var secure = new SslStream(stream, leaveInnerStreamOpen: true);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _certificate }, end);
            used = secure;
        }

        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await used.ReadAsync(buffer, end);
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            var head = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 || count == 0)
            {
                return (used, text.Length - head - 4);
            }
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, default), new(2049, 1, 1, 0, 0, 0, default));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }
}
