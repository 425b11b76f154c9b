using System.Text.Json;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores retries and replays in a PostgreSQL database.</summary>
internal sealed class PostgreSqlReplayStore(PostgreSqlWriter writer, PostgreSqlReader reader) : IReplayStore
{
    public Task<DeliveryChangeOutcome> RetryAsync(Guid deliveryId, AuditEntry? audit = null) =>
        writer.RunAsync(session => Recorded(session, PostgreSqlRetryDiscard.Retry(session, deliveryId), audit));

    public Task<DeliveryChangeOutcome> DiscardAsync(Guid deliveryId, AuditEntry? audit = null) =>
        writer.RunAsync(session => Recorded(session, PostgreSqlRetryDiscard.Discard(session, deliveryId), audit));

    public Task<ReplayResult> CreateAsync(
        ReplayRequest request, Func<Replay, AuditEntry>? audit = null) => writer.RunAsync(session =>
        {
            if (request.EndpointId is { } endpoint && session.Endpoints.Find(endpoint) is null)
            {
                return new ReplayResult(ReplayOutcome.EndpointNotFound);
            }

            if (PostgreSqlReplayBounds.Find(session, request) is not { } bounds)
            {
                return new ReplayResult(ReplayOutcome.EventNotFound);
            }

            var now = session.Time.Now;
            var replay = ReplayRow.New(request, now);
            session.Statement(
                """
                INSERT INTO replay (id, request, state, start, position, through, created_at) VALUES ($1, $2, 0, $3, $3, $4, $5)
                """).Execute(
                replay.Id,
                JsonSerializer.Serialize(request),
                bounds.Start,
                bounds.Through,
                StoredTime.From(now));
            session.SignalReplay();
            PostgreSqlAudit.Add(session, audit?.Invoke(replay));
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
            connection => PostgreSqlReplayChunk.Read(connection, running), CancellationToken.None);
        await writer.RunRelaxedAsync(session => PostgreSqlReplayStep.Run(session, running, chunk));
        return StepOutcome.MoreToDo;
    }

    public async Task<ReplayResult> StopAsync(Guid id, AuditEntry? audit = null)
    {
        var isStopped = await writer.RunAsync(session =>
        {
            if (session.Statement("UPDATE replay SET state = 2, ended_at = $2 WHERE id = $1 AND state = 0")
                .Execute(id, StoredTime.From(session.Time.Now)) == 0)
            {
                return false;
            }

            PostgreSqlAudit.Add(session, audit);
            return true;
        });

        // Nothing changes a replay once it has ended, so it can be read after the transaction.
        return await FindAsync(id, CancellationToken.None) is { } replay
            ? new ReplayResult(isStopped ? ReplayOutcome.Done : ReplayOutcome.AlreadyEnded, replay)
            : new ReplayResult(ReplayOutcome.NotFound);
    }

    public Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.ReadRows(
            ReplayRow.Select + " WHERE id = @id", new { id = id }, ReplayRow.Read).SingleOrDefault()?.Replay,
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

    private static DeliveryChangeOutcome Recorded(PostgreSqlSession session, DeliveryChangeOutcome outcome, AuditEntry? audit)
    {
        if (outcome is DeliveryChangeOutcome.Done)
        {
            PostgreSqlAudit.Add(session, audit);
        }

        return outcome;
    }
}
