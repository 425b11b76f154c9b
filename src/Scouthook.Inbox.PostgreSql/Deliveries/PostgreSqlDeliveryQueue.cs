using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Leases and writes the deliveries of a PostgreSQL database.</summary>
internal sealed class PostgreSqlDeliveryQueue(PostgreSqlWriter writer, PostgreSqlReader reader, TimeProvider timeProvider)
    : IDispatchStore, IDeliveryQueue
{
    private const string EventQuery =
        $"SELECT {EventRow.Columns}, {PostgreSqlEventRow.TitleIsPreviewColumn}, b.body, b.headers FROM {EventRow.Tables} "
        + "JOIN event_body b ON b.sequence = e.sequence WHERE e.sequence = ANY($1)";

    // Batches that nobody received, each of one endpoint.
    private readonly ConcurrentQueue<IReadOnlyList<PostgreSqlLeasedRow>> _unread = new();
    private readonly PostgreSqlRecentOutcomes _recent = new(timeProvider);
    private long _turn;
    private int _losses = writer.Losses;

    public Task<DispatchOutcome> DispatchAsync() => writer.RunRelaxedAsync(session => PostgreSqlDispatch.Run(session, Interlocked.Increment(ref _turn)));

    public Task<int> RecoverAsync() => ExpireAsync();

    public async Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration)
    {
        var taken = new PostgreSqlLeases(null, [], null);
        try
        {
            await writer.RunRelaxedAsync(session => taken = PostgreSqlLease.Take(session, endpointId, max, started, duration));
            if (taken.Rows.Count == 0)
            {
                return new LeasedBatch([], taken.NextDueIn);
            }

            // The leases are committed; large data is read afterwards.
            var events = await reader.ReadAsync(
                connection => Events(connection, taken.Rows.Select(row => row.Sequence).Distinct().ToArray()), CancellationToken.None);
            return new LeasedBatch([.. taken.Rows.Select(row => Lease(row, taken.Endpoint!, events[row.Sequence]))], taken.NextDueIn);
        }
        catch
        {
            // Nobody else would return them before they expire. After a lost connection, nobody knows whether they were committed.
            if (taken.Rows.Count > 0)
            {
                _unread.Enqueue(taken.Rows);
                await TryGiveBackAsync();
            }

            throw;
        }
    }

    public Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration) =>
        writer.RunRelaxedAsync<IReadOnlyList<DeliveryLease>>(session =>
        [
            .. leases.Where(lease => PostgreSqlLease.TryStart(session, lease, duration)).Select(lease => lease with { IsStarted = true }),
        ]);

    public async Task<SettleOutcome> SettleAsync(Settlement settlement)
    {
        var outcome = await StoreAsync(settlement);
        _recent.Add(settlement, forgets: Volatile.Read(ref _losses) == writer.Losses);
        return outcome;
    }

    private async Task<SettleOutcome> StoreAsync(Settlement settlement)
    {
        var (outcome, isUpAgain) = await writer.RunRelaxedAsync(session => PostgreSqlSettle.Settle(session, settlement));
        if (isUpAgain)
        {
            var endpoint = PostgreSqlLeaseClaim.Of(settlement.Lease).Endpoint;
            while (await writer.RunRelaxedAsync(session => PostgreSqlDelivery.MakeSomeDue(session, endpoint, restartsSchedule: false)))
            {
            }
        }

        return outcome;
    }

    public async Task<int> PullBackAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest > TimeSpan.FromDays(36_500))
        {
            // A schedule without end: nothing is beyond it.
            return 0;
        }

        var endpoints = await reader.ReadAsync(
            connection => connection.Query<long>(
                """
                SELECT e.endpoint_id FROM endpoint e WHERE EXISTS (
                  SELECT 1 FROM delivery d
                  WHERE d.state = 0 AND d.endpoint_id = e.endpoint_id AND d.next_attempt_at > @latest)
                """,
                new { latest = StoredTime.From(writer.Clock.Time.Steady + longest) }).AsList(),
            cancellationToken);
        var all = 0;
        foreach (var endpoint in endpoints)
        {
            int some;
            do
            {
                some = await writer.RunRelaxedAsync(session => PostgreSqlDelivery.PullSomeBack(session, endpoint, longest));
                all += some;
            }
            while (some > 0);
        }

        return all;
    }

    public Task ReleaseAsync(DeliveryLease lease) => writer.RunRelaxedAsync(session =>
        PostgreSqlSettle.Release(session, PostgreSqlLeaseClaim.Of(lease), lease.IsStarted));

    public Task<int> ExpireLeasesAsync() => ExpireAsync();

    public Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Guid>>(
            connection =>
            [
                .. connection.Query<Guid>(
                    """
                    SELECT e.id FROM endpoint e WHERE e.state = 0 AND EXISTS (
                      SELECT 1 FROM delivery d
                      WHERE d.state = 0 AND d.endpoint_id = e.endpoint_id AND d.next_attempt_at <= @now)
                    """,
                    new { now = StoredTime.From(writer.Clock.Time.Steady) }),
            ],
            cancellationToken);

    /// <summary>Gives back the leases whose events could not be read; the periodic check for expired ones tries again.</summary>
    private async Task TryGiveBackAsync()
    {
        try
        {
            await GiveBackAsync();
        }
        catch (Exception exception) when (exception is InboxUnavailableException or ObjectDisposedException)
        {
            // They are still in the list.
        }
    }

    private async Task GiveBackAsync()
    {
        while (_unread.TryDequeue(out var rows))
        {
            try
            {
                await writer.RunRelaxedAsync(session => rows.Count(row => PostgreSqlSettle.Release(session, row.Claim, row.IsStarted)));
            }
            catch
            {
                // Releasing twice does no harm: a lease has a token.
                _unread.Enqueue(rows);
                throw;
            }
        }
    }

    /// <summary>Stores outcomes again that a crash of the server has undone, once it is back.</summary>
    private async Task StoreLostAsync()
    {
        var losses = writer.Losses;
        if (losses == Volatile.Read(ref _losses))
        {
            return;
        }

        var recent = _recent.ToList();
        var leased = await reader.ReadAsync(
            connection => connection.Query<long>(
                "SELECT lease_token FROM delivery WHERE state = 1 AND delivery_id = ANY(@rows)",
                new { rows = recent.Select(settlement => PostgreSqlLeaseClaim.Of(settlement.Lease).Row).ToArray() }).ToHashSet(),
            CancellationToken.None);
        foreach (var settlement in recent.Where(settlement => leased.Contains(PostgreSqlLeaseClaim.Of(settlement.Lease).Token)))
        {
            await StoreAsync(settlement);
        }

        Volatile.Write(ref _losses, losses);
    }

    /// <summary>
    /// Also finishes deletions whose process ended, or whose store became unavailable, before all was discarded.
    /// </summary>
    private async Task<int> ExpireAsync()
    {
        await GiveBackAsync();
        var expired = await writer.RunRelaxedAsync(session => PostgreSqlSettle.Expire(session));
        await StoreLostAsync();
        var deleted = await reader.ReadAsync(
            connection => connection.Query<long>(
                """
                SELECT e.endpoint_id FROM endpoint e WHERE e.deleted_at IS NOT NULL AND EXISTS (
                  SELECT 1 FROM delivery d
                  WHERE d.holds AND d.endpoint_id = e.endpoint_id AND d.state <> 1)
                """).AsList(),
            CancellationToken.None);
        foreach (var endpoint in deleted)
        {
            while (await writer.RunRelaxedAsync(session => PostgreSqlDelivery.DiscardSome(session, endpoint)))
            {
            }
        }

        return expired;
    }

    private static DeliveryLease Lease(
        PostgreSqlLeasedRow row, WebhookEndpoint endpoint, (StoredEvent Event, EventContent Content) stored) => new()
    {
        DeliveryId = row.Id,
        Endpoint = endpoint,
        Claim = row.Claim,
        Attempt = row.Attempt,
        AttemptSinceReopened = row.SinceReopened,
        IsStarted = row.IsStarted,
        Replay = row.Replay,
        Event = stored.Event,
        Body = stored.Content.Body,
        Headers = stored.Content.Headers,
    };

    private static Dictionary<long, (StoredEvent Event, EventContent Content)> Events(NpgsqlConnection connection, long[] sequences)
    {
        var events = new Dictionary<long, (StoredEvent, EventContent)>();
        using var rows = new PostgreSqlStatement(connection, null, EventQuery).Read((object)sequences);
        while (rows.Read())
        {
            var found = EventRow.Read(rows);
            events.Add(
                found.Sequence,
                (found, new EventContent(rows.GetBytes(EventRow.ColumnCount), rows.GetString(EventRow.ColumnCount + 1))));
        }

        return events;
    }
}
