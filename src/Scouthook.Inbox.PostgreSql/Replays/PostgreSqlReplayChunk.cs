using Npgsql;
using Scouthook.Events;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads the input of the next step of a replay.</summary>
internal static class PostgreSqlReplayChunk
{
    public static ReplayChunk Read(NpgsqlConnection connection, ReplayRow replay) => replay.Request.DeadLetters
        ? ReplayChunk.OfDeadLetters(replay, ReadDeadLetters(connection, replay))
        : ReplayChunk.OfEvents(replay, ReadEvents(connection, replay), ReplayChunk.EndOf(replay));

    private static List<ReplayItem> ReadDeadLetters(NpgsqlConnection connection, ReplayRow replay) => connection.ReadRows(
        $"""
        SELECT d.delivery_id, {ReplayItem.Columns}
        FROM delivery d JOIN event e ON e.sequence = d.sequence {ReplayItem.Names}
        WHERE d.state = 3 AND d.replaced_by IS NULL AND d.delivery_id > @Position AND d.delivery_id <= @Through
          AND d.endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint)
        ORDER BY d.delivery_id LIMIT @MaxEvents
        """,
        new { replay.Position, replay.Through, ReplayChunk.MaxEvents, endpoint = replay.Request.EndpointId },
        ReplayItem.Read);

    private static List<ReplayItem> ReadEvents(NpgsqlConnection connection, ReplayRow replay)
    {
        var request = replay.Request;
        return connection.ReadRows(
            $"""
            SELECT e.sequence, {ReplayItem.Columns}
            FROM event e {ReplayItem.Names}
            WHERE e.sequence > @Position AND e.sequence <= @end
              AND (@since::bigint IS NULL OR e.received_at >= @since) AND (@until::bigint IS NULL OR e.received_at < @until)
              AND (@source::text IS NULL OR s.name = @source) AND (@mailbox::bigint IS NULL OR e.mailbox_id = @mailbox)
              AND (@state::bigint IS NULL OR e.state = @state)
              AND (@kind::bigint IS NULL OR (e.resource_kind = @kind AND e.resource_id = @id))
            ORDER BY e.sequence
            """,
            new
            {
                replay.Position,
                end = ReplayChunk.EndOf(replay),
                since = StoredTime.From(request.Since),
                until = StoredTime.From(request.Until),
                source = request.Source,
                mailbox = request.MailboxId,
                state = (long?)request.State,
                kind = (long?)request.ResourceKind,
                id = request.ResourceKind is { } kind
                    ? PostgreSqlResource.IdOf(new ResourceReference(kind, request.ResourceId!))
                    : null,
            },
            ReplayItem.Read);
    }
}
