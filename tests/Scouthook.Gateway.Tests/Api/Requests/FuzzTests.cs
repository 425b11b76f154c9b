using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Hosting;
using Scouthook.Management.Hosting;

namespace Scouthook.Gateway.Tests.Api.Requests;

/// <summary>Generated requests to every route of the gateway, with every role.</summary>
/// <remarks>Sends 2,000 requests, or 20,000 with <c>SCOUTHOOK_LONG=1</c>. The seed is printed; set <c>SCOUTHOOK_FUZZ_SEED</c> to repeat a run.</remarks>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int AtOnce = 4;
    private const int MaxGrowthMegabytes = 150;

    private static readonly string[] Methods = ["GET", "GET", "POST", "POST", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS"];

    private static readonly string[] Values =
    [
        "1", "-1", "0", "9223372036854775808", "1e400", "\"x\"", "\"\\ud800\"", "\"\\udfff\"", "\"\\u0000\"", "null", "true", "[]", "{}",
        "[1,2]", "[\"convo.*\"]", "[\"\\ud800\"]", "\"convo.*\"", "\"*\"", "\"conversation:1\"", "\"conversation:99999999999999999999\"",
        "\"chat:x\"", "\"2026-03-02T08:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01\"", "\"00000000-0000-0000-0000-000000000000\"",
        "\"http://127.0.0.1:1/\"", "\"http://[::1/\"", "\"viewer\"", "\"strict\"", "{\"type\":\"convo.*\"}", "{\"resource\":\"customer:-1\"}",
        "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "0.1", "1E9999", "-0", "\"\"",
    ];

    private static readonly string[] Names =
    [
        "name", "url", "events", "mailboxIds", "ordering", "timeoutSeconds", "concurrency", "includeUnreadable", "secret", "startFrom",
        "role", "expiresAt", "endpointId", "filter", "deadLetters", "types", "source", "since", "until", "misspelt", "\\ud800", "a\\u0000",
    ];

    private static readonly string[] Queries =
    [
        "limit=1", "limit=0", "limit=99999999999", "cursor=czE", "cursor=%00", "cursor=%ff", "type=convo.*", "type=%00", "type=*,*,*",
        "state=pending", "state=ok", "deliveryState=discarded", "q=%ed%a0%80", "q=1", "q=%25_%5c", "since=0001-01-01", "until=9999-12-31",
        "window=366d", "window=-1h", "window=999999999999d", "after=9223372036854775807", "ping=1", "resource=conversation:9e9", "mailbox=1",
        "endpoint=x", "event=%2e", "nothing=1", "=", "&&", "q", "source=%F0%9F%98%80", "limit=1&limit=2",
    ];

    private readonly Folder _folder = new();
    private readonly List<string> _ids = ["00000000-0000-0000-0000-000000000000", "cafecafe", "x", "%00", "%ff", "..", "%2e%2e", "deadbeefdeadbeefdeadbeef"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_request_causes_a_500_an_unexplained_error_or_a_memory_leak()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SCOUTHOOK_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20_261_129;
        output.WriteLine($"seed {seed}");
        var routes = Routes();
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2));
        var keys = await PrepareAsync(gateway);
        var count = Rounds.Of(2_000, 20_000);

        var early = 0L;
        for (var done = 0; done < count; done += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(done, AtOnce).Select(number => SendAsync(gateway, routes, keys, new Random(seed + number), seed + number)));
            if (done <= count / 2 && done + AtOnce > count / 2)
            {
                early = await gateway.PeakMegabytesAsync();
            }
        }

        var late = await gateway.PeakMegabytesAsync();
        output.WriteLine($"{early} MB half way, {late} MB at the end");
        Assert.True(late - early < MaxGrowthMegabytes, $"memory grew from {early} to {late} MB");
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);
    }

    /// <summary>
    /// Returns the paths of all routes except the stream, which never ends, and large files.
    /// </summary>
    private List<string> Routes()
    {
        var app = GatewayHost.Build(builder => builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData =
            [
                new("Scouthook:Sources:default:Secrets:0", GatewaySetup.Secret),
                new("Scouthook:Inbox:DataDirectory", Path.Combine(_folder.Path, "routes")),
            ],
        }));
        var routes = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<ManagementRoutesMetadata>()?.Endpoints ?? [endpoint])
            .OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .Where(path => !path.Contains("/stream", StringComparison.Ordinal) && !path.StartsWith("/openapi", StringComparison.Ordinal))
            .Select(path => path.Replace("{**rest}", "elephants", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        ((IDisposable)app).Dispose();
        Assert.True(routes.Count > 25, "routes were found");
        return routes;
    }

    private async Task<string?[]> PrepareAsync(GatewayProcess gateway)
    {
        await new Load(gateway.Port, [.. Some.Events(20)]).RunAsync(4, Cancelled);
        _ids.AddRange((await gateway.Client.EventsAsync()).Take(3).Select(it => (string)it["id"]!));
        for (var number = 0; number < 3; number++)
        {
            var endpoint = await gateway.Client.PostJsonAsync(
                "endpoints", new { name = $"e{number}", url = $"http://127.0.0.1:1/{number}", startFrom = "beginning" }, HttpStatusCode.Created);
            _ids.Add((string)endpoint["id"]!);
        }

        var replay = await gateway.Client.PostJsonAsync("replays", new { types = new[] { "convo.*" } }, HttpStatusCode.Accepted);
        _ids.Add((string)replay["id"]!);
        await Eventually.AnswersTrueAsync(async () => (await gateway.Client.DeliveriesAsync()).Count > 0, "there are deliveries");
        _ids.AddRange((await gateway.Client.DeliveriesAsync()).Take(3).Select(it => (string)it["id"]!));
        _ids.AddRange(_ids.Where(id => id.Length == 36).Select(id => id[^8..]).ToList());

        // Requests could revoke keys of the store; the keys they use are not among the ids.
        return
        [
            null, "shk_unknown", GatewaySetup.Key,
            (string)(await gateway.Client.PostJsonAsync("keys", new { name = "v", role = "viewer" }, HttpStatusCode.Created))["key"]!,
            (string)(await gateway.Client.PostJsonAsync("keys", new { name = "o", role = "operator" }, HttpStatusCode.Created))["key"]!,
        ];
    }

    private async Task SendAsync(GatewayProcess gateway, List<string> routes, string?[] keys, Random random, int number)
    {
        var request = new RawRequest
        {
            Method = Pick(random, Methods),
            Path = Pick(random, routes).Replace("{id}", Pick(random, _ids), StringComparison.Ordinal)
                .Replace("{name}", Pick(random, _ids), StringComparison.Ordinal)
                .Replace("{fingerprint}", Pick(random, _ids), StringComparison.Ordinal)
                + (random.Next(2) == 0 ? "" : "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, Queries)))),
        };
        if (random.Next(4) > 0)
        {
            request.Body = Body(random);
            request.ChunkSize = random.Next(2) == 0 ? 0 : random.Next(1, 4_096);
        }

        if (Pick(random, keys) is { } key)
        {
            request.With("Authorization", $"Bearer {key}");
        }

        if (random.Next(5) == 0)
        {
            request.With("Accept", "text/csv");
        }

        using var client = await RawClient.ConnectAsync(gateway.ManagementPort);
        var sending = client.SendAsync(request.ToBytes());
        var answer = await client.ReadAsync(withoutBody: request.Method == "HEAD");
        await sending;

        var told = $"{number}: {request.Method} {request.Path} was answered with {answer?.Status} {answer?.Text}\n{gateway.Output}";
        Assert.True(answer is { Status: < 500 or 503 }, told);

        // Input that is not valid HTTP, such as a path with a NUL, is rejected by the server before any code of the
        // gateway.
        var isOfServer = answer.Status is 400 && request.Path.Contains("%00", StringComparison.Ordinal) && answer["Content-Type"] is null;
        if (request.Path.StartsWith("/api/", StringComparison.Ordinal) && !isOfServer)
        {
            Assert.True(answer["Cache-Control"] == "no-store" || IsElsewhere(request.Path), $"{told}: may be cached");
        }

        if (answer.Status >= 400 && request.Method != "HEAD" && !isOfServer)
        {
            Assert.True(answer["Content-Type"] == "application/problem+json", $"{told}: {answer["Content-Type"]}");
            Assert.True(JsonNode.Parse(answer.Text)?["detail"] is not null, told);
        }
    }

    /// <summary>Dot segments in a path may lead out of the API.</summary>
    private static bool IsElsewhere(string path) => path.Contains("..", StringComparison.Ordinal) || path.Contains("%2e", StringComparison.Ordinal);

    private static byte[] Body(Random random) => random.Next(8) switch
    {
        0 => Encoding.UTF8.GetBytes(Pick(random, Values)),
        1 => [.. Enumerable.Range(0, random.Next(200)).Select(_ => (byte)random.Next(256))],
        2 => Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', random.Next(20_000))}}"}"""),
        3 => Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', Enumerable.Repeat("\"a\"", random.Next(3_000)))}}]}"""),
        4 when random.Next(10) == 0 => new byte[(1024 * 1024) + random.Next(1024)],
        _ => Mutated(random),
    };

    private static byte[] Mutated(Random random)
    {
        var members = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"\"{Pick(random, Names)}\":{Pick(random, Values)}");
        var bytes = Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
        if (random.Next(4) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
