using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Gateway.Telemetry;
using Scouthook.Handling;

namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>Measurements become Prometheus text.</summary>
public sealed class MetricCollectorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly MetricCollector _collector;
    private readonly Meter _meter;

    public MetricCollectorTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _collector = new MetricCollector(meters, _time);
        _meter = meters.Create(ScouthookTelemetry.MeterName);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Recording_with_the_same_tags_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>("a.counter");
        var histogram = _meter.CreateHistogram("a.histogram", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        KeyValuePair<string, object?> source = new("source", "default"), type = new("type", "convo.created"), outcome = new("outcome", "kept");
        Record(rounds: 100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(rounds: 1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Record(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                counter.Add(1, source, type, outcome);
                histogram.Record(round, source, type, outcome);
            }
        }
    }

    [Fact]
    public async Task Measurements_from_many_threads_are_all_counted_in_their_series()
    {
        const int threads = 8, rounds = 20_000;
        var counter = _meter.CreateCounter<long>("a.counter");
        var histogram = _meter.CreateHistogram("a.histogram", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });

        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var round = 0; round < rounds; round++)
            {
                // As many as share a place in the table of recent series, and equal texts that are different objects.
                var tag = new KeyValuePair<string, object?>("tag", string.Concat("value ", (round % 200).ToString(System.Globalization.CultureInfo.InvariantCulture)));
                counter.Add(1, tag);
                counter.Add(2, new KeyValuePair<string, object?>("tag", "constant"));
                histogram.Record(round % 4);
            }
        })));

        var text = await TextAsync();
        for (var value = 0; value < 200; value++)
        {
            Assert.Contains($"\na_counter_total{{tag=\"value {value}\"}} {threads * rounds / 200}\n", text, StringComparison.Ordinal);
        }

        Assert.Contains($"\na_counter_total{{tag=\"constant\"}} {2 * threads * rounds}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\na_histogram_bucket{{le=\"1\"}} {threads * rounds / 2}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\na_histogram_bucket{{le=\"2\"}} {threads * rounds * 3 / 4}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\na_histogram_count {threads * rounds}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\na_histogram_sum {threads * rounds * 3 / 2}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_instrument_has_its_meaning()
    {
        _meter.CreateUpDownCounter<int>("up.and.down").Add(5);
        _meter.CreateGauge<double>("a.gauge").Record(2.5);
        var observed = 3;
        _meter.CreateObservableCounter("observed.counter", () => observed);
        _meter.CreateObservableGauge("observed.gauge", () => observed > 3 ? [] : new[] { new Measurement<int>(observed) });

        var text = await TextAsync();

        Assert.Contains("# TYPE up_and_down gauge\nup_and_down 5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE a_gauge gauge\na_gauge 2.5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE observed_counter_total counter\nobserved_counter_total 3\n", text, StringComparison.Ordinal);
        Assert.Contains("\nobserved_gauge 3\n", text, StringComparison.Ordinal);

        observed = 7;
        text = await TextAsync();
        Assert.Contains("\nobserved_counter_total 7\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nobserved_gauge 3\n", text, StringComparison.Ordinal);
        Assert.Contains("\nup_and_down 5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_without_a_measurement_for_a_day_ends_and_can_begin_again()
    {
        var counter = _meter.CreateCounter<long>("a.counter");
        var (old, steady) = (new KeyValuePair<string, object?>("tag", "old"), new KeyValuePair<string, object?>("tag", "steady"));
        counter.Add(1, old);
        counter.Add(1, steady);
        await TextAsync();
        _time.Advance(TimeSpan.FromHours(23));
        counter.Add(1, steady);
        Assert.Contains("\na_counter_total{tag=\"old\"} 1\n", await TextAsync(), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromHours(2));
        var text = await TextAsync();
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.Contains("\na_counter_total{tag=\"steady\"} 2\n", text, StringComparison.Ordinal);

        counter.Add(4, old);
        Assert.Contains("\na_counter_total{tag=\"old\"} 4\n", await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_combinations_are_counted_together()
    {
        var counter = _meter.CreateCounter<long>("a.counter");
        for (var value = 0; value < 10_100; value++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("tag", value));
        }

        var text = await TextAsync();
        Assert.Contains("\na_counter_total{otel_metric_overflow=\"true\"} 100\n", text, StringComparison.Ordinal);
        Assert.Contains("\na_counter_total{tag=\"9999\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_needs_escapes_only_in_the_values_of_labels()
    {
        _meter.CreateCounter<long>("a.counter", description: "A line\nand a \\.").Add(1, new KeyValuePair<string, object?>("a.tag", "a \"quote\", a \\ and a\nline"));

        var text = await TextAsync();
        Assert.Contains("# HELP a_counter_total A line\\nand a \\\\.\n", text, StringComparison.Ordinal);
        Assert.Contains("\na_counter_total{a_tag=\"a \\\"quote\\\", a \\\\ and a\\nline\"} 1\n", text, StringComparison.Ordinal);
    }

    private async Task<string> TextAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return "\n" + Encoding.UTF8.GetString(await _collector.WriteAsync());
    }
}
