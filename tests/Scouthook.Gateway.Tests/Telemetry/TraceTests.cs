using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>The trace of an event, as a collector receives it from a real gateway.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Sender = "0af7651916cd43dd8448eb211c80319c";
    private const string SenderSpan = "b7ad6b7169203331";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Event_is_one_trace_through_two_endpoints_and_a_restart()
    {
        await using var collector = await Collector.StartAsync();
        await using var sink = await Sink.StartAsync();
        var isUp = false;
        sink["shaky"].Answer = (_, _) => Task.FromResult(Volatile.Read(ref isUp) ? 204 : 503);
        var setup = new GatewaySetup { Folder = _folder.Path }.Delivering()
            .With("Scouthook:Delivery:RetrySchedule", "1h,1h")
            .To("steady", sink["steady"])
            .To("shaky", sink["shaky"].Url + "?token=a-token-in-the-query", ("Secret", sink["shaky"].Secret));
        var sent = Some.Sample("customer.created");

        await using (var gateway = await GatewayProcess.StartAsync(collector.Exporting(setup)))
        {
            Assert.True(HasLoadedOpenTelemetry(gateway));
            var answer = await gateway.SendAsync(sent.Request().With("traceparent", $"00-{Sender}-{SenderSpan}-01"));
            Assert.Equal(200, answer.Status);
            await collector.WaitAsync("scouthook.attempt", 2);
            await collector.WaitAsync("scouthook.dispatch", 1);
            await Eventually.TrueAsync(
                () => collector.Logs.Any(entry => entry.Trace == Sender && entry.Text.Contains("shaky", StringComparison.Ordinal)),
                "the log entry of the failed attempt is exported, with its trace");
            await Eventually.TrueAsync(
                () => collector.Units.ContainsKey("scouthook.delivery.attempt.duration"), "metrics are exported");
            Assert.Equal(0, await gateway.StopAsync());
            Assert.DoesNotContain(collector.Logs, entry => entry.Level is "Trace" or "Debug");
        }

        Volatile.Write(ref isUp, true);
        await using (var gateway = await GatewayProcess.StartAsync(collector.Exporting(setup)))
        {
            var endpoint = await gateway.Client.EndpointAsync("shaky");
            await gateway.Client.PostJsonAsync($"endpoints/{endpoint["id"]}/retry");
            await collector.WaitAsync("scouthook.attempt", 3);
            var stored = await gateway.Client.JsonAsync($"/api/v1/events/{(await gateway.Client.EventsAsync())[0]["id"]}");
            Assert.Contains(collector.Of("scouthook.receive")[0].TraceParent, stored["headers"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(0, await gateway.StopAsync());
        }

        var receive = Assert.Single(collector.Of("scouthook.receive"));
        Assert.Equal((Sender, SenderSpan, 2, 1), (receive.Trace, receive.Parent, receive.Kind, receive.Status));
        Assert.Equal(("customer.created", "kept", "200"), (
            receive.Attributes["scouthook.event.type"], receive.Attributes["scouthook.outcome"], receive.Attributes["http.response.status_code"]));
        foreach (var name in new[] { "scouthook.commit", "scouthook.dispatch" })
        {
            var step = Assert.Single(collector.Of(name), span => span.Trace == Sender);
            Assert.Equal((receive.Id, 1, 1), (step.Parent, step.Kind, step.Status));
        }

        var attempts = collector.Of("scouthook.attempt");
        Assert.All(attempts, attempt => Assert.Equal((Sender, receive.Id, 3), (attempt.Trace, attempt.Parent, attempt.Kind)));
        Assert.Equal(
            ["shaky 1: rejected 503", "shaky 2: delivered 204", "steady 1: delivered 200"],
            attempts.Select(attempt => $"{attempt.Attributes["scouthook.endpoint.name"]} {attempt.Attributes["scouthook.attempt"]}: "
                + $"{attempt.Attributes["scouthook.outcome"]} {attempt.Attributes["http.response.status_code"]}").Order(StringComparer.Ordinal));
        Assert.Equal([1, 1, 2], attempts.Select(attempt => attempt.Status).Order());
        Assert.Equal(
            attempts.Select(attempt => attempt.TraceParent).Order(StringComparer.Ordinal),
            sink["steady"].Arrivals.Concat(sink["shaky"].Arrivals).Select(arrival => arrival.Headers["traceparent"]).Order(StringComparer.Ordinal));

        var body = JsonNode.Parse(sent.Body)!;
        var email = (string)body["_embedded"]!["emails"]![0]!["value"]!;
        Assert.Contains('@', email);
        foreach (var secret in new[]
        {
            email, (string)body["firstName"]!, GatewaySetup.Secret, GatewaySetup.Key, sink["shaky"].Secret, "a-token-in-the-query", "/shaky",
        })
        {
            Assert.All(collector.Requests, request => Assert.False(
                request.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"{secret} was exported"));
        }
    }

    [Fact]
    public async Task Commit_of_several_events_is_a_trace_of_its_own_linked_to_each()
    {
        await using var collector = await Collector.StartAsync();
        var setup = new GatewaySetup { Folder = _folder.Path }.With("Scouthook:Receiver:CommitTimeout", "60s");
        await using var gateway = await GatewayProcess.StartAsync(collector.Exporting(setup));
        var requests = new List<Task<RawAnswer>>();
        using (Store.Block(setup.Database))
        {
            // The first waits for the store, the others for the first.
            requests.AddRange(Some.Events(6).Select(gateway.PostAsync));
            await Eventually.AnswersTrueAsync(
                async () => (await gateway.MetricsAsync()).Contains(
                    "scouthook_receive_body_size_bytes_count{scouthook_source=\"default\"} 6\n", StringComparison.Ordinal),
                "the requests are verified");
        }

        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(200, answer.Status));
        var receives = await collector.WaitAsync("scouthook.receive", 6);
        await Eventually.TrueAsync(
            () => collector.Of("scouthook.commit").Sum(commit => Math.Max(1, commit.Links.Count)) == 6, "every commit is exported");

        var batch = collector.Of("scouthook.commit").MaxBy(commit => commit.Links.Count)!;
        Assert.InRange(batch.Links.Count, 2, 6);
        Assert.Equal("", batch.Parent);
        Assert.Equal($"{batch.Links.Count}", batch.Attributes["scouthook.events"]);
        Assert.Equal(6, receives.Select(receive => receive.Trace).Append(batch.Trace).Distinct().Count() - 1);
        Assert.All(batch.Links, link => Assert.Equal(
            [(batch.Trace, batch.Id)], Assert.Single(receives, receive => (receive.Trace, receive.Id) == link).Links));
        Assert.All(
            receives.Where(receive => !batch.Links.Contains((receive.Trace, receive.Id))),
            receive => Assert.Contains(collector.Of("scouthook.commit"), commit => commit.Parent == receive.Id || commit.Links.Contains((receive.Trace, receive.Id))));
    }

    [Fact]
    public async Task Collector_that_is_away_or_never_answers_costs_no_event()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var sink = await Sink.StartAsync();
        sink["crm"].KeepsContent = false;
        var setup = new GatewaySetup
        {
            Folder = _folder.Path,
            Environment = new Dictionary<string, string>
            {
                // Port 1 refuses; the other one accepts and is silent.
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
                ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"http://{silent.LocalEndpoint}",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            },
        }.Delivering().To("crm", sink["crm"]);
        const int count = 2_500;

        await using var gateway = await GatewayProcess.StartAsync(setup);
        var load = new Load(gateway.Port, Some.Events(count));
        var took = await load.RunAsync(connections: 16, TestContext.Current.CancellationToken);

        Assert.Empty(load.Refused);
        Assert.Equal(count, load.Acknowledged.Count);
        await Eventually.TrueAsync(() => sink["crm"].TakenCount == count, "everything is delivered");

        // Four times as many spans as fit into the queue.
        await gateway.LineAsync("Telemetry was not exported");
        var peak = await gateway.PeakMegabytesAsync();
        Figures.Print($"{count} events accepted in {took.TotalSeconds:F1} s, peak {peak} MB");
        Assert.InRange(peak, 1, 600);
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await gateway.StopAsync());
        Figures.Print($"stopped in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s");
        var warnings = gateway.Output.Split('\n').Where(line => line.StartsWith("20", StringComparison.Ordinal)
            && (line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal))).ToList();
        Assert.Contains("[6002]", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_traced_and_nothing_of_OpenTelemetry_is_loaded()
    {
        await using var sink = await Sink.StartAsync();
        var setup = new GatewaySetup
        {
            Folder = _folder.Path,
            Environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_SDK_DISABLED"] = "true" },
        }.Delivering().To("crm", sink["crm"]);
        await using var gateway = await GatewayProcess.StartAsync(setup);

        await gateway.PostAsync(Some.Event(1));
        await gateway.SendAsync(Some.Event(2).Request().With("traceparent", $"00-{Sender}-{SenderSpan}-00"));
        await Eventually.TrueAsync(() => sink["crm"].TakenCount == 2, "both are delivered");

        Assert.False(HasLoadedOpenTelemetry(gateway));
        var first = sink["crm"].Arrivals.Single(arrival => arrival.Sequence == 1);
        Assert.StartsWith($"00-{first.EventId.Replace("-", "", StringComparison.Ordinal)}-", first.Headers["traceparent"], StringComparison.Ordinal);
        Assert.Equal($"00-{Sender}-{SenderSpan}-00", sink["crm"].Arrivals.Single(arrival => arrival.Sequence == 2).Headers["traceparent"]);
    }

    [Fact]
    public async Task Invalid_endpoint_stops_the_start_and_is_named()
    {
        var (exitCode, output) = await GatewayProcess.RunAsync(new GatewaySetup
        {
            Folder = _folder.Path,
            Environment = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317", ["OTEL_EXPORTER_OTLP_LOGS_PROTOCOL"] = "http/json",
            },
        });

        Assert.Equal(2, exitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is \"collector:4317\". It must be a URL", output, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL is \"http/json\". It must be grpc or http/protobuf.", output, StringComparison.Ordinal);
    }

    private static bool HasLoadedOpenTelemetry(GatewayProcess gateway) =>
        File.ReadAllText($"/proc/{gateway.Id}/maps").Contains("/OpenTelemetry", StringComparison.Ordinal);
}
