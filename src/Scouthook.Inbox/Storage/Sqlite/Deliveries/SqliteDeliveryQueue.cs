using Dapper;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Leases and writes the deliveries of one SQLite file.</summary>
internal sealed class SqliteDeliveryQueue(SqliteWriter writer, SqliteReader reader) : IDispatchStore, IDeliveryQueue
{
    private const string EventQuery =
        $"SELECT {SqliteEventRow.Columns}, b.body AS Body, b.headers AS Headers FROM {SqliteEventRow.Tables} "
        + "JOIN event_body b ON b.sequence = e.sequence WHERE e.sequence = ?1";

    private long _turn;

    public Task<DispatchOutcome> DispatchAsync() => writer.RunAsync(session => SqliteDispatch.Run(session, _turn++));

    public Task<int> RecoverAsync() => ExpireAsync(all: true);

    public async Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration)
    {
        var (endpoint, rows, nextDueIn) = await writer.RunAsync(session =>
            SqliteLease.Take(session, endpointId, max, started, duration));
        if (rows.Count == 0)
        {
            return new LeasedBatch([], nextDueIn);
        }

        // The writer's thread has done its part; large data is read beside it.
        var events = reader.ReadIn(read => Events(read, rows.Select(row => row.Sequence)));
        return new LeasedBatch(
            [
                .. rows.Select(row => new DeliveryLease
                {
                    DeliveryId = row.Id,
                    Endpoint = endpoint!,
                    Claim = row.Claim,
                    Attempt = row.Attempt,
                    AttemptSinceReopened = row.SinceReopened,
                    IsStarted = row.IsStarted,
                    Replay = row.Replay,
                    Event = events[row.Sequence].Event,
                    Body = events[row.Sequence].Content.Body,
                    Headers = events[row.Sequence].Content.Headers,
                }),
            ],
            nextDueIn);
    }

    public Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration) =>
        writer.RunAsync<IReadOnlyList<DeliveryLease>>(session =>
        [
            .. leases.Where(lease => SqliteLease.TryStart(session, lease, duration)).Select(lease => lease with { IsStarted = true }),
        ]);

    public async Task<SettleOutcome> SettleAsync(Settlement settlement)
    {
        var (outcome, isUpAgain) = await writer.RunAsync(session => SqliteSettle.Settle(session, settlement));
        if (isUpAgain)
        {
            var endpoint = SqliteLeaseClaim.Of(settlement.Lease).Endpoint;
            while (await writer.RunAsync(session => SqliteDelivery.MakeSomeDue(session, endpoint, restartsSchedule: false)))
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
                  SELECT 1 FROM delivery d INDEXED BY delivery_due
                  WHERE d.state = 0 AND d.endpoint_id = e.endpoint_id AND d.next_attempt_at > @latest)
                """,
                new { latest = SqliteTime.From(writer.Clock.Time.Steady + longest) }).AsList(),
            cancellationToken);
        var all = 0;
        foreach (var endpoint in endpoints)
        {
            int some;
            do
            {
                some = await writer.RunAsync(session => SqliteDelivery.PullSomeBack(session, endpoint, longest));
                all += some;
            }
            while (some > 0);
        }

        return all;
    }

    public Task ReleaseAsync(DeliveryLease lease) => writer.RunAsync(session => SqliteSettle.Release(session, lease));

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
                    new { now = SqliteTime.From(writer.Clock.Time.Steady) }).Select(id => new Guid(id, bigEndian: true)),
            ],
            cancellationToken);

    /// <summary>
    /// Also finishes deletions whose process ended, or whose store became unavailable, before all was discarded.
    /// </summary>
    private async Task<int> ExpireAsync(bool all)
    {
        var expired = await writer.RunAsync(session => SqliteSettle.Expire(session, all));
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
            while (await writer.RunAsync(session => SqliteDelivery.DiscardSome(session, endpoint)))
            {
            }
        }

        return expired;
    }

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
                    (SqliteEventRow.Read(row).ToEvent(),
                        new EventContent(row.GetBytes(SqliteEventRow.ColumnCount), row.GetString(SqliteEventRow.ColumnCount + 1))));
            }
        }

        return events;
    }
}
