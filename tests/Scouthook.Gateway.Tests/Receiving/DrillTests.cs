using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>Genuine events while unknown clients attack in every way at once.</summary>
[Collection(AloneCollection.Name)]
public sealed class DrillTests : IDisposable
{
    private const int Addresses = 20;
    private const int Held = 500;

    private const int PerSecond = 200;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Rounds.Of(15, 600));
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Folder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Unknown_clients_cannot_block_an_event()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        await RunAsync(gateway, gateway.Port);
    }

    [Fact]
    public async Task Unknown_clients_cannot_block_an_event_behind_a_proxy()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.With("Scouthook:Gateway:TrustedProxies", "127.0.0.1"));
        await using var nginx = await Nginx.StartAsync(
            gateway.Port,
            """
            client_max_body_size 11m;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            """);
        await RunAsync(gateway, nginx.Port);
    }

    private static async Task RunAsync(GatewayProcess gateway, int port)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        end.CancelAfter(Duration);
        using var strangers = new Strangers();
        var attacks = new List<Task>();
        attacks.AddRange(Enumerable.Range(0, Held).Select(number => HoldAsync(strangers, number, port, end.Token)));
        attacks.AddRange(Enumerable.Range(0, 4).Select(number => ForgeAsync(strangers, number, port, end.Token)));
        attacks.AddRange(Enumerable.Range(0, 2).Select(number => AskAsync(strangers, number, port, end.Token)));

        var slowest = new ConcurrentQueue<TimeSpan>();
        var failures = new ConcurrentQueue<string>();
        var next = 0;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(SendAsync, Cancelled)));
        await Task.WhenAll(attacks);

        var (peak, log) = (await gateway.PeakMegabytesAsync(), gateway.Output.Length);
        Figures.Print(
            $"{slowest.Count} events, slowest answer {slowest.Max().TotalSeconds:F2} s, peak {peak} MB, log {log / 1024} KB");
        Assert.Empty(failures);
        Assert.True(slowest.Count > 100);
        Assert.True(slowest.Max() < Longest, $"the slowest answer took {slowest.Max()}");
        Assert.InRange(peak, 0, 512);
        Assert.InRange(log, 0, 1024 * 1024);

        async Task SendAsync()
        {
            while (!end.IsCancellationRequested)
            {
                // A proxy closes a connection after a number of requests; nginx after a thousand.
                using var client = await RawClient.ConnectAsync(port);
                if (!await SendOverAsync(client, requests: 500))
                {
                    return;
                }
            }
        }

        async Task<bool> SendOverAsync(RawClient client, int requests)
        {
            for (; requests > 0 && !end.IsCancellationRequested; requests--)
            {
                var number = Interlocked.Increment(ref next);
                var wait = TimeSpan.FromSeconds(number / (double)PerSecond) - TimeProvider.System.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TimeProvider.System, Cancelled);
                }

                var sent = TimeProvider.System.GetTimestamp();
                var answer = await client.ExchangeAsync(Some.Large(number, 3_000).Request());
                slowest.Enqueue(TimeProvider.System.GetElapsedTime(sent));
                if (answer?.Status != 200)
                {
                    failures.Enqueue(string.Create(
                        CultureInfo.InvariantCulture, $"event {number} was answered with {answer?.Status ?? 0} {answer?.Text}"));
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Idle connections, headers that never end, slow bodies.</summary>
    private static async Task HoldAsync(Strangers strangers, int number, int port, CancellationToken end)
    {
        var head = (number % 3) switch
        {
            0 => "",
            1 => "POST /webhook HTTP/1.1\r\nHost: x\r\nX-Slow: ",
            _ => "POST /webhook HTTP/1.1\r\nHost: x\r\nX-HelpScout-Signature: " + Convert.ToBase64String(new byte[20])
                + "\r\nContent-Length: 100000\r\n\r\n" + new string('x', 50_000),
        };
        while (!end.IsCancellationRequested)
        {
            var socket = await strangers.OpenAsync(Strangers.Address(number % Addresses), port, Encoding.ASCII.GetBytes(head));
            await UntilClosedAsync(socket, head.Length == 0 ? default : "x"u8.ToArray(), end);
            socket?.Dispose();
        }
    }

    private static async Task UntilClosedAsync(Socket? socket, ReadOnlyMemory<byte> trickle, CancellationToken end)
    {
        try
        {
            while (socket is not null && !socket.Poll(0, SelectMode.SelectRead))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, end);
                await socket.SendAsync(trickle, SocketFlags.None, end);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, end);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // Closed by the server, or the test has ended.
        }
    }

    /// <summary>Complete bodies of ten megabytes with a wrong signature.</summary>
    private static async Task ForgeAsync(Strangers strangers, int number, int port, CancellationToken end)
    {
        var body = new byte[10 * 1024 * 1024];
        var head = Encoding.ASCII.GetBytes(
            "POST /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-HelpScout-Signature: "
            + Convert.ToBase64String(new byte[20]) + $"\r\nContent-Length: {body.Length}\r\n\r\n");
        while (!end.IsCancellationRequested)
        {
            var socket = await strangers.OpenAsync(Strangers.Address(number % Addresses), port, head);
            await ExchangeAsync(socket, body, end);
        }
    }

    /// <summary>Public routes, and guessed keys.</summary>
    private static async Task AskAsync(Strangers strangers, int number, int port, CancellationToken end)
    {
        string[] paths =
        [
            "/openapi/v1.json", "/openapi/", "/asyncapi.json", "/asyncapi.yaml?version=2.6.0", "/healthz", "/readyz",
            "/metrics", "/api/v1/events",
        ];
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            var request = Encoding.ASCII.GetBytes(
                $"GET {paths[turn % paths.Length]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + $"Authorization: Bearer guess-{number}-{turn}\r\n\r\n");
            var socket = await strangers.OpenAsync(Strangers.Address((number + turn) % Addresses), port);
            await ExchangeAsync(socket, request, end);
        }
    }

    private static async Task ExchangeAsync(Socket? socket, ReadOnlyMemory<byte> bytes, CancellationToken end)
    {
        try
        {
            using (socket)
            {
                while (socket is not null && !bytes.IsEmpty)
                {
                    bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, end)..];
                }

                var buffer = new byte[64 * 1024];
                while (socket is not null && await socket.ReceiveAsync(buffer, end) > 0)
                {
                    // Reads until the server closes the connection.
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, end);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // Closed by the server, or the test has ended.
        }
    }
}
