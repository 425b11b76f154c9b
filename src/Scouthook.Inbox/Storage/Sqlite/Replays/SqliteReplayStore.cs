using System.Text.Json;
using Dapper;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores retries and replays in one SQLite file.</summary>
internal sealed class SqliteReplayStore(SqliteWriter writer, SqliteReader reader) : IReplayStore
{
    private const string Select =
        """
        SELECT replay_id AS RowId, id AS Id, request AS Request, state AS State, start AS Start, position AS Position,
          through AS Through, added AS Added, created_at AS CreatedAt, ended_at AS EndedAt
        FROM replay
        """;

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
            var replay = new Replay
            {
                Id = TimeOrderedId.At(now),
                Request = request,
                State = ReplayState.Running,
                Progress = 0,
                Added = 0,
                CreatedAt = now,
            };
            session.Statement(
                """
                INSERT INTO replay (id, request, state, start, position, through, created_at) VALUES (?1, ?2, 0, ?3, ?3, ?4, ?5)
                """).Execute(
                replay.Id.ToByteArray(bigEndian: true),
                JsonSerializer.Serialize(request),
                bounds.Start,
                bounds.Through,
                SqliteTime.From(now));
            session.SignalReplay();
            SqliteAudit.Add(session, audit?.Invoke(replay));
            return new ReplayResult(ReplayOutcome.Done, replay);
        });

    public async Task<StepOutcome> StepAsync()
    {
        // Ended here means that it was stopped meanwhile; then the next one is processed.
        var running = await reader.ReadAsync(
            connection => connection.QueryFirstOrDefault<SqliteReplayRow>(
                $"{Select} WHERE state = 0 ORDER BY replay_id LIMIT 1"),
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
                .Execute(id.ToByteArray(bigEndian: true), SqliteTime.From(session.Time.Now)) == 0)
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
        connection => connection.QuerySingleOrDefault<SqliteReplayRow>(
            $"{Select} WHERE id = @id", new { id = id.ToByteArray(bigEndian: true) })?.ToReplay(),
        cancellationToken);

    public Task<Page<Replay>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = PositionCursor.Read(cursor) ?? long.MaxValue;
        return reader.LookUpAsync(
            connection => PositionCursor.Page(
                [
                    .. connection.Query<SqliteReplayRow>(
                        $"{Select} WHERE replay_id < @before ORDER BY replay_id DESC LIMIT @limit + 1", new { before, limit })
                        .Select(row => (row.RowId, row.ToReplay())),
                ],
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
