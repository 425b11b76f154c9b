using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>
/// Counts the deliveries that retention gives up in one chunk. Each endpoint gets one operational event for all of them,
/// as there may be many after a long outage.
/// </summary>
internal sealed class GivenUpDeliveries
{
    private readonly Dictionary<Guid, (WebhookEndpoint Endpoint, int Count, long First, long Last)> _byEndpoint = [];

    public void Add(WebhookEndpoint endpoint, long sequence)
    {
        var before = _byEndpoint.TryGetValue(endpoint.Id, out var known) ? known : (endpoint, 0, sequence, sequence);
        _byEndpoint[endpoint.Id] = (endpoint, before.Item2 + 1, before.Item3, sequence);
    }

    /// <summary>Returns the operational events to raise.</summary>
    public IEnumerable<NewEvent> Raise(DateTimeOffset now) => _byEndpoint.Values.Select(given =>
        OperationalEvents.GivenUp(given.Endpoint, given.Count, given.First, given.Last, now));
}
