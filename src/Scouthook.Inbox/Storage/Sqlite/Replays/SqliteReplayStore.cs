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

    public Task<DeliveryChangeOutcome> RetryAsync(Guid deliveryId, DateTimeOffset now, AuditEntry? audit = null) =>
        writer.RunAsync(session => Recorded(session, SqliteRetryDiscard.Retry(session, deliveryId, now), audit));

    public Task<DeliveryChangeOutcome> DiscardAsync(Guid deliveryId, DateTimeOffset now, AuditEntry? audit = null) =>
        writer.RunAsync(session => Recorded(session, SqliteRetryDiscard.Discard(session, deliveryId, now), audit));

    public Task<ReplayResult> CreateAsync(
        ReplayRequest request, DateTimeOffset now, Func<Replay, AuditEntry>? audit = null) => writer.RunAsync(session =>
        {
            if (request.EndpointId is { } endpoint && session.Endpoints.Find(endpoint) is null)
            {
                return new ReplayResult(ReplayOutcome.EndpointNotFound);
            }

            if (SqliteReplayBounds.Find(session, request) is not { } bounds)
            {
                return new ReplayResult(ReplayOutcome.EventNotFound);
            }

            var replay = new Replay
            {
                Id = Guid.CreateVersion7(now),
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

    public async Task<bool> StepAsync(DateTimeOffset now)
    {
        // Ended here means that it was stopped meanwhile; then the next one is processed.
        var running = await reader.ReadAsync(
            connection => connection.QueryFirstOrDefault<SqliteReplayRow>(
                $"{Select} WHERE state = 0 ORDER BY replay_id LIMIT 1"),
            CancellationToken.None);
        if (running is null)
        {
            return false;
        }

        var chunk = await reader.ReadAsync(
            connection => SqliteReplayChunk.Read(connection, running), CancellationToken.None);
        await writer.RunAsync(session => SqliteReplayStep.Run(session, running, chunk, now));
        return true;
    }

    public async Task<ReplayResult> StopAsync(Guid id, DateTimeOffset now, AuditEntry? audit = null)
    {
        var isStopped = await writer.RunAsync(session =>
        {
            if (session.Statement("UPDATE replay SET state = 2, ended_at = ?2 WHERE id = ?1 AND state = 0")
                .Execute(id.ToByteArray(bigEndian: true), SqliteTime.From(now)) == 0)
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

    public Task<IReadOnlyList<Replay>> ListAsync(long? before, int limit, CancellationToken cancellationToken) =>
        reader.LookUpAsync<IReadOnlyList<Replay>>(
            connection =>
            [
                .. connection.Query<SqliteReplayRow>(
                    $"{Select} WHERE replay_id < @before ORDER BY replay_id DESC LIMIT @limit",
                    new { before = before ?? long.MaxValue, limit })
                    .Select(row => row.ToReplay()),
            ],
            cancellationToken);

    private static DeliveryChangeOutcome Recorded(SqliteSession session, DeliveryChangeOutcome outcome, AuditEntry? audit)
    {
        if (outcome is DeliveryChangeOutcome.Done)
        {
            SqliteAudit.Add(session, audit);
        }

        return outcome;
    }
}
