using System.Text.Json;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores retries and replays in one SQLite file.</summary>
internal sealed class SqliteReplayStore(SqliteWriter writer, SqliteReader reader) : IReplayStore
{
    public Task<DeliveryChangeOutcome> RetryAsync(Guid deliveryId, AuditEntry? audit = null) =>
        writer.RunAsync(session => Recorded(session, SqliteRetryDiscard.Retry(session, deliveryId), audit));

    public Task<DeliveryChangeOutcome> DiscardAsync(Guid deliveryId, AuditEntry? audit = null) =>
        writer.RunAsync(session => Recorded(session, SqliteRetryDiscard.Discard(session, deliveryId), audit));

    public Task<ReplayResult> CreateAsync(
        ReplayRequest request, Func<Replay, AuditEntry>? audit = null) => writer.RunAsync(session =>
        {
            if (request.EndpointId is { } endpoint && session.Endpoints.Find(endpoint) is null)
            {
                return new ReplayResult(ReplayOutcome.EndpointNotFound);
            }

            if (SqliteReplayBounds.Find(session, request) is not { } bounds)
            {
                return new ReplayResult(ReplayOutcome.EventNotFound);
            }

            var now = session.Time.Now;
            var replay = ReplayRow.New(request, now);
            session.Statement(
                """
                INSERT INTO replay (id, request, state, start, position, through, created_at) VALUES (?1, ?2, 0, ?3, ?3, ?4, ?5)
                """).Execute(
                replay.Id.ToByteArray(bigEndian: true),
                JsonSerializer.Serialize(request),
                bounds.Start,
                bounds.Through,
                StoredTime.From(now));
            session.SignalReplay();
            SqliteAudit.Add(session, audit?.Invoke(replay));
            return new ReplayResult(ReplayOutcome.Done, replay);
        });

    public async Task<StepOutcome> StepAsync()
    {
        // Ended here means that it was stopped meanwhile; then the next one is processed.
        var running = await reader.ReadAsync(
            connection => connection.ReadRows(
                ReplayRow.Select + " WHERE state = 0 ORDER BY replay_id LIMIT 1", null, ReplayRow.Read).SingleOrDefault(),
            CancellationToken.None);
        if (running is null)
        {
            return StepOutcome.Finished;
        }

        var chunk = await reader.ReadAsync(
            connection => SqliteReplayChunk.Read(connection, running), CancellationToken.None);
        await writer.RunAsync(session => SqliteReplayStep.Run(session, running, chunk));
        return StepOutcome.MoreToDo;
    }

    public async Task<ReplayResult> StopAsync(Guid id, AuditEntry? audit = null)
    {
        var isStopped = await writer.RunAsync(session =>
        {
            if (session.Statement("UPDATE replay SET state = 2, ended_at = ?2 WHERE id = ?1 AND state = 0")
                .Execute(id.ToByteArray(bigEndian: true), StoredTime.From(session.Time.Now)) == 0)
            {
                return false;
            }

            SqliteAudit.Add(session, audit);
            return true;
        });

        // Nothing changes a replay once it has ended, so it can be read after the transaction.
        return await FindAsync(id, CancellationToken.None) is { } replay
            ? new ReplayResult(isStopped ? ReplayOutcome.Done : ReplayOutcome.AlreadyEnded, replay)
            : new ReplayResult(ReplayOutcome.NotFound);
    }

    public Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.ReadRows(
            ReplayRow.Select + " WHERE id = @id", new { id = id.ToByteArray(bigEndian: true) }, ReplayRow.Read).SingleOrDefault()?.Replay,
        cancellationToken);

    public Task<Page<Replay>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = PositionCursor.Read(cursor) ?? long.MaxValue;
        return reader.LookUpAsync(
            connection => PositionCursor.Page(
                connection.ReadRows(
                    ReplayRow.Select + " WHERE replay_id < @before ORDER BY replay_id DESC LIMIT @limit + 1",
                    new { before, limit },
                    row => ReplayRow.Read(row).AsItem),
                limit),
            cancellationToken);
    }

    private static DeliveryChangeOutcome Recorded(SqliteSession session, DeliveryChangeOutcome outcome, AuditEntry? audit)
    {
        if (outcome is DeliveryChangeOutcome.Done)
        {
            SqliteAudit.Add(session, audit);
        }

        return outcome;
    }
}
