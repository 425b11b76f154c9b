using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>The input of the next step of a replay, read outside the writer.</summary>
/// <param name="Events">The events with their positions, in order.</param>
/// <param name="Position">The position of the replay after them.</param>
internal sealed record ReplayChunk(IReadOnlyList<ReplayItem> Events, long Position)
{
    public const int MaxEvents = 200;

    private const long Window = 5_000;
    private const int MaxDeliveries = 500;

    /// <summary>Returns how far to read: a filter with few matches must not scan the whole store at once.</summary>
    public static long EndOf(ReplayRow replay) => Math.Min(replay.Position + Window, replay.Through);

    /// <param name="replay">The replay.</param>
    /// <param name="items">Its next dead letters, at most <see cref="MaxEvents"/>.</param>
    public static ReplayChunk OfDeadLetters(ReplayRow replay, IReadOnlyList<ReplayItem> items) =>
        new(items, items.Count < MaxEvents ? replay.Through : items[^1].Position);

    /// <param name="replay">The replay.</param>
    /// <param name="items">Its next events.</param>
    /// <param name="end">How far was read.</param>
    public static ReplayChunk OfEvents(ReplayRow replay, IEnumerable<ReplayItem> items, long end)
    {
        var included = items.Where(item => EventRecipients.Includes(replay.Request, item.Event)).Take(MaxEvents + 1).ToList();
        return included.Count > MaxEvents
            ? new ReplayChunk(included.GetRange(0, MaxEvents), included[MaxEvents - 1].Position)
            : new ReplayChunk(included, end);
    }

    /// <summary>Adds the deliveries of as many events as one transaction may take.</summary>
    /// <param name="replay">The replay.</param>
    /// <param name="add">Adds the deliveries of an event, and returns their number.</param>
    /// <param name="mustYield">Whether other work waits.</param>
    /// <returns>The number of deliveries, and the position reached.</returns>
    public (long Added, long Position) AddTo(ReplayRow replay, Func<RoutedEvent, int> add, Func<bool> mustYield)
    {
        var added = 0L;
        var position = replay.Position;
        foreach (var item in Events)
        {
            if (added >= MaxDeliveries || (added > 0 && mustYield()))
            {
                return (added, position);
            }

            added += add(item.Event);
            position = item.Position;
        }

        return (added, Position);
    }
}
