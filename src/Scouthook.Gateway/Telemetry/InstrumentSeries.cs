using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Scouthook.Gateway.Telemetry;

/// <summary>The time series of one instrument: one for each combination of tags.</summary>
/// <remarks>
/// The tags of this code are nearly always the same objects, so a series is found by their references in a small table, without a
/// lock and without allocating. Only others are compared by value.
/// </remarks>
internal sealed class InstrumentSeries(Instrument instrument, Prometheus.IMetricFactory factory)
{
    /// <summary>The maximum number of series; whatever exceeds it is counted in one, as OpenTelemetry prescribes.</summary>
    private const int Max = 10_000;

    private const int RecentSize = 128;

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel.metric.overflow", "true")];

    private readonly MetricFamily _family = new(instrument, factory);
    private readonly ConcurrentDictionary<TagValues, MetricSeries> _all = new();
    private readonly MetricSeries?[] _recent = new MetricSeries?[RecentSize];

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = tags.Length;
        foreach (var (_, text) in tags)
        {
            hash = (hash * 31) + RuntimeHelpers.GetHashCode(text);
        }

        ref var recent = ref _recent[hash & (RecentSize - 1)];
        if (recent is { IsRemoved: false } series && series.Tags.IsSame(tags))
        {
            series.Record(value);
            return;
        }

        series = Find(tags);
        series.Record(value);
        recent = series;
    }

    /// <summary>
    /// Removes the series that an observed instrument no longer reports, and those not measured for a day.
    /// </summary>
    public void RemoveIdle(long now, TimeProvider timeProvider)
    {
        foreach (var (tags, series) in _all)
        {
            if (series.IsIdle(now, timeProvider, _family.Lifetime))
            {
                _all.TryRemove(tags, out _);
                series.Remove();
            }
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var values = new TagValues(tags.ToArray());
        return _all.TryGetValue(values, out var series)
            ? series
            : _all.GetOrAdd(_all.Count < Max ? values : new TagValues(Overflow), _family.Create);
    }
}
