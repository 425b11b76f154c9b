using System.Diagnostics.Metrics;
using System.Globalization;
using Prometheus;

namespace Scouthook.Gateway.Telemetry;

/// <summary>The metric of one instrument.</summary>
internal sealed class MetricFamily
{
    private static readonly TimeSpan WithoutMeasurement = TimeSpan.FromDays(1);

    private static readonly CounterConfiguration OfCounter = new() { ExemplarBehavior = ExemplarBehavior.NoExemplars() };

    /// <summary>Counters of .NET whose value also falls.</summary>
    private static readonly string[] Falling = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    private static readonly double[] DefaultBuckets = Histogram.ExponentialBuckets(1, 2, 10);

    private readonly IMetricFactory _factory;
    private readonly Type _kind;
    private readonly bool _isCounter;
    private readonly string _name;
    private readonly string _help;
    private readonly HistogramConfiguration _ofHistogram;

    public MetricFamily(Instrument instrument, IMetricFactory factory)
    {
        _factory = factory;
        _kind = instrument.GetType().GetGenericTypeDefinition();
        _isCounter = (_kind == typeof(Counter<>) || _kind == typeof(ObservableCounter<>)) && !Falling.Contains(instrument.Name);
        _name = PrometheusNames.Metric(instrument.Name, instrument.Unit, _isCounter);

        // The library escapes the values of labels only.
        _help = (instrument.Description ?? "").Replace(@"\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(@"\n");
        _ofHistogram = new HistogramConfiguration
        {
            Buckets = Buckets(instrument),
            ExemplarBehavior = ExemplarBehavior.NoExemplars(),
        };
    }

    /// <summary>How long a series is kept without a measurement.</summary>
    /// <value>
    /// Zero for instruments that report all their series at every scrape. For ever for those whose value is a sum of ups and
    /// downs, or the last one set.
    /// </value>
    public TimeSpan Lifetime =>
        _kind == typeof(Counter<>) || _kind == typeof(System.Diagnostics.Metrics.Histogram<>) ? WithoutMeasurement
        : _kind == typeof(UpDownCounter<>) || _kind == typeof(System.Diagnostics.Metrics.Gauge<>) ? TimeSpan.MaxValue
        : TimeSpan.Zero;

    public MetricSeries Create(TagValues tags)
    {
        var names = new string[tags.All.Length];
        var values = new string[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = PrometheusNames.Label(tags.All[index].Key);
            values[index] = Text(tags.All[index].Value);
        }

        try
        {
            return Create(tags, names, values);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // A metric of the framework that clashes with another one must not fail what it measures.
            return new MetricSeries(tags, static _ => { }, static () => { });
        }
    }

    private MetricSeries Create(TagValues tags, string[] names, string[] values)
    {
        if (_isCounter)
        {
            var counter = _factory.CreateCounter(_name, _help, names, OfCounter);
            var series = counter.WithLabels(values);
            return new MetricSeries(
                tags, _kind == typeof(Counter<>) ? series.Inc : series.IncTo, () => counter.RemoveLabelled(values));
        }

        if (_kind == typeof(System.Diagnostics.Metrics.Histogram<>))
        {
            var histogram = _factory.CreateHistogram(_name, _help, names, _ofHistogram);
            return new MetricSeries(tags, histogram.WithLabels(values).Observe, () => histogram.RemoveLabelled(values));
        }

        var gauge = _factory.CreateGauge(_name, _help, names);
        var value = gauge.WithLabels(values);
        return new MetricSeries(
            tags, _kind == typeof(UpDownCounter<>) ? value.Inc : value.Set, () => gauge.RemoveLabelled(values));
    }

    /// <summary>Returns the limits that the instrument advises.</summary>
    private static double[] Buckets(Instrument instrument) => instrument switch
    {
        System.Diagnostics.Metrics.Histogram<double> { Advice.HistogramBucketBoundaries: { } limits } => [.. limits],
        System.Diagnostics.Metrics.Histogram<long> { Advice.HistogramBucketBoundaries: { } limits } => [.. limits.Select(Convert.ToDouble)],
        System.Diagnostics.Metrics.Histogram<int> { Advice.HistogramBucketBoundaries: { } limits } => [.. limits.Select(Convert.ToDouble)],
        _ => DefaultBuckets,
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
