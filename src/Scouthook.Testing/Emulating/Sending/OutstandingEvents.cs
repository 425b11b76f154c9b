namespace Scouthook.Testing;

/// <summary>Counts the deliveries of each event that are still to end. The caller holds the lock.</summary>
internal sealed class OutstandingEvents
{
    private readonly SortedDictionary<long, int> _counts = [];

    public void Add(long eventNumber) => _counts[eventNumber] = _counts.GetValueOrDefault(eventNumber) + 1;

    public void Remove(long eventNumber)
    {
        if (--_counts[eventNumber] is 0)
        {
            _counts.Remove(eventNumber);
        }
    }

    /// <summary>True if every delivery of the events up to this one has ended.</summary>
    public bool AreSettledUpTo(long eventNumber)
    {
        foreach (var (first, _) in _counts)
        {
            return first > eventNumber;
        }

        return true;
    }
}
