using System.Collections.Concurrent;
using Dapper;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Leases and writes the deliveries of one SQLite file.</summary>
internal sealed class SqliteDeliveryQueue(SqliteWriter writer, SqliteReader reader) : IDispatchStore, IDeliveryQueue
{
    private const string EventQuery =
        $"SELECT {EventRow.Columns}, {SqliteEventRow.TitleIsPreviewColumn}, b.body, b.headers FROM {EventRow.Tables} "
        + "JOIN event_body b ON b.sequence = e.sequence WHERE e.sequence = ?1";

    private readonly ConcurrentQueue<SqliteLeasedRow> _unread = new();
    private long _turn;

    public Task<DispatchOutcome> DispatchAsync() => writer.RunRelaxedAsync(session => SqliteDispatch.Run(session, _turn++));

    public void DispatchAlong(Action<DispatchOutcome> done) =>
        writer.Along = () => new SqliteDispatchAlong(session => SqliteDispatch.Run(session, _turn++), done);

    public Task<int> RecoverAsync() => ExpireAsync(all: true);

    public async Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration)
    {
        var (endpoint, rows, nextDueIn) = await writer.RunRelaxedAsync(session =>
            SqliteLease.Take(session, endpointId, max, started, duration));
        if (rows.Count == 0)
        {
            return new LeasedBatch([], nextDueIn);
        }

        try
        {
            // The writer's thread has done its part; large data is read beside it.
            var events = reader.ReadIn(read => Events(read, rows.Select(row => row.Sequence)));
            return new LeasedBatch([.. rows.Select(row => Lease(row, endpoint!, events[row.Sequence]))], nextDueIn);
        }
        catch
        {
            // Nobody else would return them before they expire.
            foreach (var row in rows)
            {
                _unread.Enqueue(row);
            }

            await TryGiveBackAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration) =>
        writer.RunRelaxedAsync<IReadOnlyList<DeliveryLease>>(session =>
        [
            .. leases.Where(lease => SqliteLease.TryStart(session, lease, duration)).Select(lease => lease with { IsStarted = true }),
        ]);

    public async Task<SettleOutcome> SettleAsync(Settlement settlement)
    {
        var headers = SqliteSettle.HeadersOf(settlement.Result);

        // A failure may raise operational events, and a transaction that stores an event waits for the disk.
        var (outcome, isUpAgain) = settlement.State is DeliveryState.Delivered
            ? await writer.RunRelaxedAsync(Settle, isPatient: true)
            : await writer.RunAsync(Settle);
        if (isUpAgain)
        {
            var endpoint = SqliteLeaseClaim.Of(settlement.Lease).Endpoint;
            while (await writer.RunRelaxedAsync(session => SqliteDelivery.MakeSomeDue(session, endpoint, restartsSchedule: false)))
            {
            }
        }

        return outcome;

        (SettleOutcome Outcome, bool IsUpAgain) Settle(SqliteSession session) => SqliteSettle.Settle(session, settlement, headers);
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
                  SELECT 1 FROM delivery d INDEXED BY delivery_due
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
                some = await writer.RunRelaxedAsync(session => SqliteDelivery.PullSomeBack(session, endpoint, longest));
                all += some;
            }
            while (some > 0);
        }

        return all;
    }

    public Task ReleaseAsync(DeliveryLease lease) => writer.RunRelaxedAsync(session =>
        SqliteSettle.Release(session, SqliteLeaseClaim.Of(lease), lease.IsStarted));

    public Task<int> ExpireLeasesAsync() => ExpireAsync(all: false);

    public Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Guid>>(
            connection =>
            [
                .. connection.Query<byte[]>(
                    """
                    SELECT e.id FROM endpoint e WHERE e.state = 0 AND EXISTS (
                      SELECT 1 FROM delivery d INDEXED BY delivery_due
                      WHERE d.state = 0 AND d.endpoint_id = e.endpoint_id AND d.next_attempt_at <= @now)
                    """,
                    new { now = StoredTime.From(writer.Clock.Time.Steady) }).Select(id => new Guid(id, bigEndian: true)),
            ],
            cancellationToken);

    /// <summary>Gives back the leases whose events could not be read; the periodic check for expired ones tries again.</summary>
    private async Task TryGiveBackAsync()
    {
        try
        {
            await writer.RunRelaxedAsync(GiveBack);
        }
        catch (Exception exception) when (exception is InboxUnavailableException or ObjectDisposedException)
        {
            // They are still in the list.
        }
    }

    private int GiveBack(SqliteSession session)
    {
        // Removed before the commit: if that fails, they expire.
        var count = 0;
        for (; _unread.TryDequeue(out var row); count++)
        {
            SqliteSettle.Release(session, row.Claim, row.IsStarted);
        }

        return count;
    }

    /// <summary>
    /// Also finishes deletions whose process ended, or whose store became unavailable, before all was discarded.
    /// </summary>
    private async Task<int> ExpireAsync(bool all)
    {
        var expired = await writer.RunRelaxedAsync(session =>
        {
            GiveBack(session);
            return SqliteSettle.Expire(session, all);
        });
        var deleted = await reader.ReadAsync(
            connection => connection.Query<long>(
                """
                SELECT e.endpoint_id FROM endpoint e WHERE e.deleted_at IS NOT NULL AND EXISTS (
                  SELECT 1 FROM delivery d INDEXED BY delivery_order
                  WHERE d.holds = 1 AND d.endpoint_id = e.endpoint_id AND d.state <> 1)
                """).AsList(),
            CancellationToken.None);
        foreach (var endpoint in deleted)
        {
            while (await writer.RunRelaxedAsync(session => SqliteDelivery.DiscardSome(session, endpoint)))
            {
            }
        }

        return expired;
    }

    private static DeliveryLease Lease(
        SqliteLeasedRow row, WebhookEndpoint endpoint, (StoredEvent Event, EventContent Content) stored) => new()
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

    private static Dictionary<long, (StoredEvent Event, EventContent Content)> Events(
        SqliteReadSession session, IEnumerable<long> sequences)
    {
        var events = new Dictionary<long, (StoredEvent, EventContent)>();
        foreach (var sequence in sequences.Distinct())
        {
            using var row = session.Statement(EventQuery).Read(sequence);
            if (row.Read())
            {
                events.Add(
                    sequence,
                    (EventRow.Read(row),
                        new EventContent(row.GetBytes(EventRow.ColumnCount), row.GetString(EventRow.ColumnCount + 1))));
            }
        }

        return events;
    }
}
