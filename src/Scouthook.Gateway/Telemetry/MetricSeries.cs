namespace Scouthook.Gateway.Telemetry;

/// <summary>One time series.</summary>
/// <param name="tags">Its tags.</param>
/// <param name="record">Adds a measurement.</param>
/// <param name="remove">Removes it from the text.</param>
internal sealed class MetricSeries(TagValues tags, Action<double> record, Action remove)
{
    private volatile bool _isUsed;
    private volatile bool _isRemoved;
    private long? _idleSince;

    public TagValues Tags => tags;

    public bool IsRemoved => _isRemoved;

    public void Record(double value)
    {
        record(value);
        if (!_isUsed)
        {
            _isUsed = true;
        }
    }

    /// <summary>Returns whether nothing was recorded for its lifetime; called at every scrape.</summary>
    public bool IsIdle(long now, TimeProvider timeProvider, TimeSpan lifetime)
    {
        if (_isUsed)
        {
            (_isUsed, _idleSince) = (false, now);
        }

        return _idleSince is { } since && since != now && timeProvider.GetElapsedTime(since, now) >= lifetime;
    }

    public void Remove()
    {
        // First, so that a thread that still has this series creates another one.
        _isRemoved = true;
        remove();
    }
}
