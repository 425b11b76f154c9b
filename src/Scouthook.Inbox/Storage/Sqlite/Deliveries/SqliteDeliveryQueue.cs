using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Leases and writes the deliveries of one SQLite file.</summary>
internal sealed class SqliteDeliveryQueue(SqliteWriter writer, SqliteReader reader) : IDispatchStore, IDeliveryQueue
{
    private long _turn;

    public Task<DispatchOutcome> DispatchAsync(DateTimeOffset now) => writer.RunAsync(session =>
    {
        var dispatch = new SqliteDispatch(session, now);
        var outcome = dispatch.Run(_turn++);
        foreach (var endpoint in dispatch.Due)
        {
            session.SignalDue(endpoint);
        }

        return outcome;
    });

    public async Task<int> RecoverAsync(DateTimeOffset now)
    {
        var recovered = await writer.RunAsync(session => SqliteSettle.Expire(session, now, all: true));
        await DiscardForDeletedAsync(now);
        return recovered;
    }

    public async Task<LeasedBatch> LeaseAsync(
        WebhookEndpoint endpoint, int most, DateTimeOffset now, DateTimeOffset until)
    {
        var ((rows, nextDueAt), current) = await writer.RunAsync(session =>
            (SqliteLease.Take(session, endpoint, most, now, until), session.Endpoints.Find(endpoint.RowId)));
        if (rows.Count == 0)
        {
            return new LeasedBatch([], nextDueAt);
        }

        // The endpoint as the leasing transaction sees it: a secret announced before then signs, even if the worker
        // has not read it yet. But the lease lasts as long as the worker asked for, so the attempt keeps the
        // timeout it was based on.
        var leased = current is null || current.Revision == endpoint.Revision
            ? endpoint
            : current with { Definition = current.Definition with { Timeout = endpoint.Definition.Timeout } };

        // The writer's thread is done; large data is read outside it.
        var events = reader.Read(connection => Events(connection, rows.Select(row => row.Sequence)));
        return new LeasedBatch(
            [
                .. rows.Select(row => new DeliveryLease
                {
                    RowId = row.RowId,
                    DeliveryId = row.Id,
                    Endpoint = leased,
                    Token = row.Token,
                    Attempt = row.Attempt,
                    AttemptSinceReopened = row.SinceReopened,
                    Replay = row.Replay,
                    Event = events[row.Sequence].Event,
                    Body = events[row.Sequence].Content.Body,
                    Headers = events[row.Sequence].Content.Headers,
                }),
            ],
            nextDueAt);
    }

    public async Task<bool> SettleAsync(Settlement settlement)
    {
        var outcome = await writer.RunAsync(session => SqliteSettle.Settle(session, settlement));
        if (outcome is SettleOutcome.EndpointUpAgain)
        {
            var endpoint = settlement.Lease.Endpoint.RowId;
            while (await writer.RunAsync(session => SqliteDelivery.MakeSomeDue(session, endpoint, settlement.At, restartsSchedule: false)))
            {
            }
        }

        return outcome is not SettleOutcome.Late;
    }

    public async Task<int> PullBackAsync(DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest > TimeSpan.FromDays(36_500))
        {
            // A schedule without end: nothing is beyond it.
            return 0;
        }

        var offset = writer.Clock.Offset;
        var endpoints = await reader.ReadAsync(
            connection => connection.Query<long>(
                """
                SELECT e.endpoint_id FROM endpoint e WHERE EXISTS (
                  SELECT 1 FROM delivery d INDEXED BY delivery_due
                  WHERE d.state = 0 AND d.endpoint_id = e.endpoint_id AND d.next_attempt_at > @latest)
                """,
                new { latest = SqliteTime.From(now + longest - offset) }).AsList(),
            cancellationToken);
        var all = 0;
        foreach (var endpoint in endpoints)
        {
            int some;
            do
            {
                some = await writer.RunAsync(session => SqliteDelivery.PullSomeBack(session, endpoint, now, longest));
                all += some;
            }
            while (some > 0);
        }

        return all;
    }

    public Task ReleaseAsync(DeliveryLease lease, DateTimeOffset now) =>
        writer.RunAsync(session => SqliteSettle.Release(session, lease, now));

    public async Task<int> ExpireLeasesAsync(DateTimeOffset now)
    {
        var expired = await writer.RunAsync(session => SqliteSettle.Expire(session, now, all: false));
        await DiscardForDeletedAsync(now);
        return expired;
    }

    public Task<IReadOnlyList<long>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<long>>(
            connection =>
            [
                .. connection.Query<long>(
                    """
                    SELECT e.endpoint_id FROM endpoint e WHERE e.state = 0 AND EXISTS (
                      SELECT 1 FROM delivery d INDEXED BY delivery_due
                      WHERE d.state = 0 AND d.endpoint_id = e.endpoint_id AND d.next_attempt_at <= @now)
                    """,
                    new { now = SqliteTime.From(now - writer.Clock.Offset) }),
            ],
            cancellationToken);

    /// <summary>
    /// Finishes deletions whose process ended, or whose store became unavailable, before all was discarded.
    /// </summary>
    private async Task DiscardForDeletedAsync(DateTimeOffset now)
    {
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
            while (await writer.RunAsync(session => SqliteEndpointWrites.DiscardSome(session, endpoint, now)))
            {
            }
        }
    }

    private static Dictionary<long, (StoredEvent Event, EventContent Content)> Events(
        SqliteConnection connection, IEnumerable<long> sequences)
    {
        var list = string.Join(", ", sequences.Distinct().Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)));
        return connection.Query<SqliteEventRow, EventContent, (StoredEvent Event, EventContent Content)>(
            $"SELECT {SqliteEventRow.Columns}, b.body AS Body, b.headers AS Headers FROM {SqliteEventRow.Tables} "
            + $"JOIN event_body b ON b.sequence = e.sequence WHERE e.sequence IN ({list})",
            (row, content) => (row.ToEvent(), content),
            splitOn: "Body").ToDictionary(row => row.Event.Sequence);
    }
}
