using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>Keeps the latest events of an account for the page, which no webhook need be registered for.</summary>
internal sealed class EventRecord
{
    private const int Length = 50;

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _latest = new();
    private long _count;

    public EventRecord(HelpScoutAccount account) => account.Emitted += Add;

    /// <summary>Returns how many events have happened, and the latest ones, newest first.</summary>
    public (long Count, IReadOnlyList<Entry> Latest) Read()
    {
        lock (_lock)
        {
            return (_count, [.. _latest.Reverse()]);
        }
    }

    private void Add(AccountEvent happened)
    {
        lock (_lock)
        {
            _latest.Enqueue(new Entry(++_count, happened.Name, happened.ResourcePath, happened.OccurredAt));
            if (_latest.Count > Length)
            {
                _latest.Dequeue();
            }
        }
    }

    internal sealed record Entry(long Number, string Name, string Path, DateTimeOffset At);
}
