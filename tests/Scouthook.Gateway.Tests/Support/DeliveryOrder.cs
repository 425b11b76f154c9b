namespace Scouthook.Gateway.Tests.Support;

/// <summary>Rules for the order in which an endpoint receives the events of one resource.</summary>
internal static class DeliveryOrder
{
    /// <summary>
    /// Asserts that <c>sequence</c> rises per resource, apart from repeated attempts, and that no event starts before
    /// the one before it was accepted.
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
