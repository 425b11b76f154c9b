namespace Scouthook.Inbox.Rules;

/// <summary>Plans one round of dispatching: which deliveries to add, and how far the endpoints advance.</summary>
/// <param name="recipients">All endpoints.</param>
/// <param name="positions">Their positions, by id. Updated as the steps are taken.</param>
/// <param name="mustYield">Returns whether requests wait for the store.</param>
/// <remarks>
/// Endpoints that share a position advance together. Most are at the end of the events; one that starts from the beginning
/// is far behind for a while. So that it blocks no other, each round serves the foremost group and one of those behind,
/// in alternating order; those behind catch up chunk by chunk until they join the next group.
/// </remarks>
internal sealed class DispatchRound(
    EventRecipients recipients, IDictionary<Guid, long> positions, Func<bool> mustYield)
{
    /// <summary>The maximum number of events to read for a range.</summary>
    public const int MaxEvents = 500;

    /// <summary>The maximum number of deliveries of a round.</summary>
    public const int MaxDeliveries = 500;

    /// <summary>The number of deliveries added so far.</summary>
    public int Deliveries { get; private set; }

    /// <summary>The traces of the events dispatched so far; <see langword="null"/> if there is none.</summary>
    public List<string>? Traced { get; private set; }

    /// <summary>True if the round is full, or if requests wait and something was done.</summary>
    public bool IsOver => Deliveries >= MaxDeliveries || (Deliveries > 0 && mustYield());

    /// <summary>Returns the ranges that a round serves, in their order.</summary>
    /// <param name="positions">The positions of all endpoints.</param>
    /// <param name="newest">The newest stored event.</param>
    /// <param name="turn">Counts the rounds, which selects the group behind that is served.</param>
    public static IReadOnlyList<DispatchRange> Ranges(IEnumerable<long> positions, long newest, long turn)
    {
        var groups = positions.Distinct().Where(position => position < newest).Order().ToList();
        if (groups.Count == 0)
        {
            return [];
        }

        // The foremost group advances up to the newest event; one behind at most to the next group, which it then joins.
        var foremost = groups.Count - 1;
        var behind = groups.Count > 1 ? (int)(turn / 2 % foremost) : 0;
        int[] served = turn % 2 == 0 || groups.Count == 1 ? [foremost, behind] : [behind, foremost];
        return
        [
            .. served.Distinct().Select(group =>
                new DispatchRange(groups[group], group == foremost ? newest : groups[group + 1])),
        ];
    }

    /// <summary>Plans a range. Each step must be carried out before the next is requested.</summary>
    /// <param name="range">The range.</param>
    /// <param name="events">Its events in order of their sequence, the first <see cref="MaxEvents"/>.</param>
    public IEnumerable<DispatchStep> Plan(DispatchRange range, IReadOnlyList<RoutedEvent> events)
    {
        var through = range.Position;
        foreach (var routed in events)
        {
            var given = new List<Guid>();
            foreach (var endpoint in recipients.ByName(routed))
            {
                // Those that got this event in an earlier round are already at its position.
                if (positions[endpoint.Id] != range.Position || !EventRecipients.Gets(endpoint, routed))
                {
                    continue;
                }

                if (IsOver)
                {
                    // Not all that subscribe to it have it yet: they advance one by one, and the others in their round.
                    foreach (var step in AdvanceAll(range.Position, through).Concat(given.Select(id => Advance(id, routed.Sequence))))
                    {
                        yield return step;
                    }

                    yield break;
                }

                Deliveries++;
                given.Add(endpoint.Id);
                yield return new DispatchStep.Deliver(endpoint, routed);
            }

            if (routed.TraceParent is { } trace && given.Count > 0)
            {
                (Traced ??= []).Add(trace);
            }

            through = routed.Sequence;
            if (IsOver && routed != events[^1])
            {
                break;
            }
        }

        // Where retention has left a gap, no event is at the end of the range.
        var isWhole = events.Count < MaxEvents && (events.Count == 0 || through == events[^1].Sequence);
        foreach (var step in AdvanceAll(range.Position, isWhole ? range.Through : through))
        {
            yield return step;
        }
    }

    private IEnumerable<DispatchStep> AdvanceAll(long from, long to)
    {
        if (to == from)
        {
            return [];
        }

        foreach (var id in positions.Keys.Where(id => positions[id] == from).ToList())
        {
            positions[id] = to;
        }

        return [new DispatchStep.AdvanceAll(from, to)];
    }

    private DispatchStep.Advance Advance(Guid endpointId, long to)
    {
        positions[endpointId] = to;
        return new DispatchStep.Advance(endpointId, to);
    }
}
