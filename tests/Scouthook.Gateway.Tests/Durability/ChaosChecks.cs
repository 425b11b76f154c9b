using System.Net;
using Scouthook.Testing;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>What must be true of requests, store and endpoints, however the requests were disturbed.</summary>
internal static class ChaosChecks
{
    private const int ParallelReads = 8;
    private const int MaxShown = 10;

    /// <summary>
    /// Asserts that the webhook is still enabled, every genuine request was acknowledged or may be sent again because the
    /// gateway was away or busy, and none with a wrong signature was acknowledged.
    /// </summary>
    public static void NothingWasRefused(
        EmulatedWebhook webhook, IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> absences)
    {
        var log = webhook.DeliveryLog;
        foreach (var effect in Enum.GetValues<ChaosEffects>().Where(effect => effect is not ChaosEffects.None))
        {
            Figures.Print($"{effect}: {log.Count(attempt => attempt.Effects.HasFlag(effect))} of {log.Count} requests");
            Assert.Contains(log, attempt => attempt.Effects.HasFlag(effect));
        }

        foreach (var attempts in log.GroupBy(attempt => $"{attempt.StatusCode}{attempt.Failure}").OrderBy(group => group.Key))
        {
            Figures.Print($"{attempts.Key}: {attempts.Count()} requests");
        }

        var wrong = log
            .Where(attempt => !IsAllowed(attempt, absences.Any(absence => Overlaps(attempt, absence))))
            .Select(attempt => $"{attempt} ({attempt.Effects}) at {attempt.StartedAt:O} after {attempt.Duration}")
            .ToList();
        Assert.True(wrong.Count is 0, $"{wrong.Count} of {log.Count} requests were answered wrongly: {Excerpt(wrong)}");
        Assert.DoesNotContain(log, attempt => attempt.Outcome is EmulatedAttemptOutcome.Discarded or EmulatedAttemptOutcome.Dropped);
        Assert.Equal((true, 0), (webhook.IsEnabled, webhook.Discards));
    }

    /// <summary>Reads every event through the management API, with its body.</summary>
    public static async Task<IReadOnlyList<StoredChaosEvent>> StoredAsync(GatewayProcess gateway)
    {
        var stored = new List<StoredChaosEvent>();
        foreach (var items in (await gateway.Client.EventsAsync("source=default&limit=500")).Chunk(ParallelReads))
        {
            stored.AddRange(await Task.WhenAll(items.Select(async item => new StoredChaosEvent(
                ChaosEvent.Of((string)item["type"]!, await gateway.Client.BodyAsync(item)), item))));
        }

        return [.. stored.OrderBy(row => row.Sequence)];
    }

    /// <summary>
    /// Asserts that the store contains every event of the account and nothing else, and that events and repeats stand for
    /// genuine requests only.
    /// </summary>
    public static void StoreHolds(
        IReadOnlyList<ChaosEvent> emitted, IReadOnlyList<EmulatedAttempt> log, IReadOnlyList<StoredChaosEvent> stored)
    {
        var genuine = emitted.ToHashSet();
        var kept = stored.ToLookup(row => row.Event);
        var requests = log.Where(MayHaveBeenKept).ToLookup(attempt => ChaosEvent.Of(attempt.EventName, attempt.Body.Span));

        var lost = genuine.Where(happened => !kept.Contains(happened)).ToList();
        Assert.True(lost.Count is 0, $"{lost.Count} of {genuine.Count} events are not stored: {Excerpt(lost)}");
        Assert.All(stored, row => Assert.True(genuine.Contains(row.Event), $"{row} was never sent"));
        foreach (var rows in kept)
        {
            // An answer that a kill cut off leaves open whether its request is stored.
            var counted = rows.Sum(row => row.Requests);
            var acknowledged = requests[rows.Key].Count(attempt => attempt.StatusCode is HttpStatusCode.OK);
            Assert.True(
                counted >= acknowledged && counted <= requests[rows.Key].Count(),
                $"{rows.First()}: {counted} requests are counted, {acknowledged} of {requests[rows.Key].Count()} were acknowledged");
            Assert.All(rows.Skip(1), row => Assert.True(row.IsPossibleRepeat, $"{row} is stored twice"));
            foreach (var row in rows.Skip(1))
            {
                Figures.Print($"stored again, as a possible repeat of {rows.First().Sequence}: {row}");
            }
        }

        var repeats = stored.Sum(row => row.Requests - 1);
        Assert.True(repeats > 0, "no repeat was recognised");
        Figures.Print(
            $"{genuine.Count} different events of {emitted.Count}, {stored.Count} stored, {repeats} repeats recognised");
    }

    /// <summary>Asserts that an endpoint accepted every stored event and nothing else, in order.</summary>
    public static void Arrived(SinkPath path, IReadOnlyList<StoredChaosEvent> stored)
    {
        var byId = stored.ToDictionary(row => row.Id);
        var taken = path.Taken.ToLookup(arrival => arrival.EventId);

        var missing = stored.Where(row => !taken.Contains(row.Id)).ToList();
        Assert.True(missing.Count is 0, $"{path.Url}: {missing.Count} events did not arrive: {Excerpt(missing)}");
        Assert.All(path.Arrivals, arrival => Assert.True(
            arrival.IsSigned && byId.TryGetValue(arrival.EventId, out var row)
                && (row.Sequence, row.Event.Hash) == (arrival.Sequence, arrival.Hash),
            $"{path.Url}: {arrival} is not as stored"));
        DeliveryOrder.Rises(path.Arrivals, arrival => byId[arrival.EventId].OrderedWith);

        Figures.Print($"{path.Url}: {path.Arrivals.Count} attempts for {stored.Count} events");
        foreach (var arrivals in taken.Where(arrivals => arrivals.Count() > 1))
        {
            Figures.Print(
                $"{path.Url}: arrived {arrivals.Count()} times, at attempts {string.Join(", ", arrivals.Select(arrival => arrival.Attempt))}: {byId[arrivals.Key]}");
        }
    }

    private static string Excerpt<T>(IEnumerable<T> items) => string.Join(", ", items.Take(MaxShown));

    private static bool IsAllowed(EmulatedAttempt attempt, bool wasAway) => attempt switch
    {
        _ when attempt.Effects.HasFlag(ChaosEffects.AbortedConnection) => attempt.StatusCode is not HttpStatusCode.OK,
        { StatusCode: null } => wasAway,
        { StatusCode: HttpStatusCode.ServiceUnavailable } => true,
        _ when attempt.Effects.HasFlag(ChaosEffects.CorruptedSignature) => attempt.StatusCode is HttpStatusCode.Unauthorized,
        _ => attempt.StatusCode is HttpStatusCode.OK,
    };

    private static bool Overlaps(EmulatedAttempt attempt, (DateTimeOffset From, DateTimeOffset Until) absence) =>
        attempt.StartedAt <= absence.Until && attempt.StartedAt + attempt.Duration >= absence.From;

    private static bool MayHaveBeenKept(EmulatedAttempt attempt) =>
        (attempt.Effects & (ChaosEffects.CorruptedSignature | ChaosEffects.AbortedConnection)) is ChaosEffects.None
        && attempt.Failure is not SendFailure.ConnectionRefused;
}
