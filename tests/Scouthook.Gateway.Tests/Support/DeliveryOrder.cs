namespace Scouthook.Gateway.Tests.Support;

/// <summary>What holds for the order in which an endpoint sees the events of one resource.</summary>
internal static class DeliveryOrder
{
    /// <summary>
    /// Checks that <c>sequence</c> rises per resource, repeated attempts aside, and that no event begins before the
    /// one before it was taken.
    /// </summary>
    public static void Rises(IEnumerable<Arrival> arrivals, Func<Arrival, string> resource)
    {
        foreach (var group in arrivals.GroupBy(resource))
        {
            Arrival? newest = null;
            var seen = new HashSet<long>();
            var takenAt = new Dictionary<long, long>();
            foreach (var arrival in group.OrderBy(it => it.Place))
            {
                if (seen.Add(arrival.Sequence))
                {
                    Assert.True(
                        newest is null || arrival.Sequence > newest.Sequence,
                        $"{group.Key}: {arrival} came first after {newest}");
                    Assert.True(
                        newest is null || (takenAt.TryGetValue(newest.Sequence, out var taken) && taken < arrival.Place),
                        $"{group.Key}: {arrival} came before {newest} was taken");
                    newest = arrival;
                }

                if (arrival.IsTaken)
                {
                    takenAt.TryAdd(arrival.Sequence, arrival.AnswerPlace);
                }
            }
        }
    }
}
