using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Delivering;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Exporting;

/// <summary>
/// Measures a gateway that exports telemetry by OTLP, to a collector that is away and to one that receives, compared with one that
/// does not export.
/// </summary>
internal sealed class ExportBenchmark : IBenchmark
{
    private const string Endpoint = "well";
    private const double Megabyte = 1024 * 1024;

    private static readonly Destination Away = new("the collector is away");

    private static readonly Destination Receiving = new("a collector receives");

    public string Group => "export";

    public string Title => "Exporting telemetry, 3 KB";

    public string Notes =>
        "Every event is traced, and its spans, metrics and log entries are exported by OTLP over HTTP. The collector is a "
        + "process that discards what it reads, on the same processors.";

    public IReadOnlyList<Row> Rows => [.. Away.Rows, .. Receiving.Rows];

    public async Task MeasureAsync(Run run)
    {
        await using var sink = await LocalSink.StartAsync();
        await using var collector = await Yardsticks.StartAsync(Yardsticks.BareKestrel);
        await using var none = await Subject.StartAsync(run, sink, collector: null);
        await using var away = await Subject.StartAsync(run, sink, "http://127.0.0.1:1");
        await using var receiving = await Subject.StartAsync(run, sink, $"http://{collector.Address}");
        for (var round = -Math.Min(run.Effort.WarmupRounds, 2); round < run.Effort.Rounds; round++)
        {
            var without = await none.MeasureAsync(run, sink);
            foreach (var (destination, subject) in new[] { (Away, away), (Receiving, receiving) })
            {
                var with = await subject.MeasureAsync(run, sink);
                if (round >= 0)
                {
                    destination.Record(run, with, without);
                }
            }
        }
    }

    /// <summary>The rows of one destination of telemetry.</summary>
    private sealed class Destination(string when)
    {
        private const string Yardstick = "a gateway that does not export";

        private readonly Row _accept = new($"durable accept, 64 connections, while {when}", "events/s", Yardstick);
        private readonly Row _acceptProcessor = new($"CPU per accepted event, while {when}", "µs", Yardstick);
        private readonly Row _deliver = new($"a backlog delivered, while {when}", "deliveries/s", Yardstick);
        private readonly Row _deliverProcessor = new($"CPU per delivery, while {when}", "µs", Yardstick);
        private readonly Row _start = new($"start to ready, while {when}", "s", Yardstick);
        private readonly Row _memory = new($"idle memory, while {when}", "MB", Yardstick, Aim.ValueAtMost(100, "MB"));
        private readonly Row _memoryAfter = new($"memory after the round, while {when}", "MB", Yardstick);

        public IReadOnlyList<Row> Rows => [_accept, _acceptProcessor, _deliver, _deliverProcessor, _start, _memory, _memoryAfter];

        public void Record(Run run, Figures with, Figures without)
        {
            run.Record(_accept, with.Accept, without.Accept);
            run.Record(_acceptProcessor, with.AcceptProcessor, without.AcceptProcessor);
            run.Record(_deliver, with.Deliver, without.Deliver);
            run.Record(_deliverProcessor, with.DeliverProcessor, without.DeliverProcessor);
            run.Record(_start, with.Start, without.Start);
            run.Record(_memory, with.Memory, without.Memory);
            run.Record(_memoryAfter, with.MemoryAfter, without.MemoryAfter);
        }
    }

    private sealed record Figures(
        double Accept, double AcceptProcessor, double Deliver, double DeliverProcessor, double Start, double Memory, double MemoryAfter);

    /// <summary>A gateway under load, suspended while another is measured, and one that starts on a store of its own.</summary>
    private sealed class Subject(DeliveringGateway gateway, string data, (string Key, string Value)[] settings) : IAsyncDisposable
    {
        private readonly SignedEvents _events = new(0);

        public static async Task<Subject> StartAsync(Run run, LocalSink sink, string? collector)
        {
            (string Key, string Value)[] settings = collector is null
                ? []
                : [("OTEL_EXPORTER_OTLP_ENDPOINT", collector), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];
            var data = run.NewFolder();
            await using (var filled = await Accepting.Gateway.StartAsync(data, settings))
            {
                await Rounds.SaturateAsync(run, filled.Address, new SignedEvents(0), run.Effort.Time);
            }

            var gateway = await DeliveringGateway.StartAsync(
                run.NewFolder(), sink, [DeliveringGateway.Concurrency(Endpoint, Rounds.Connections), .. settings], Endpoint);
            await gateway.SetAsync(Endpoint, "pause");
            gateway.Process.Stop();
            return new Subject(gateway, data, settings);
        }

        public async Task<Figures> MeasureAsync(Run run, LocalSink sink)
        {
            double start, memory;
            await using (var idle = await Accepting.Gateway.StartAsync(data, settings))
            {
                await Task.Delay(run.Effort.IsSmoke ? TimeSpan.Zero : TimeSpan.FromSeconds(5));
                (start, memory) = (idle.StartTime.TotalSeconds, idle.WorkingSet / Megabyte);
            }

            gateway.Process.Continue();
            var processor = gateway.Process.ProcessorSeconds;
            var load = await Draining.FillAsync(gateway, _events, run.Effort.Backlog);
            await Task.Delay(run.Effort.Settle);
            processor = (gateway.Process.ProcessorSeconds - processor) * 1e6 / load.Answered;
            var backlog = await Draining.BacklogAsync(run, gateway, sink, Endpoint, load.Answered);
            var after = gateway.Process.WorkingSet / Megabyte;
            gateway.Process.Stop();
            return new Figures(load.PerSecond, processor, backlog.PerSecond, backlog.Microseconds, start, memory, after);
        }

        public async ValueTask DisposeAsync()
        {
            gateway.Process.Continue();
            await gateway.DisposeAsync();
        }
    }
}
