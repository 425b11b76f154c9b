using Microsoft.Data.Sqlite;
using Scouthook.Events;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads the input of the next step of a replay.</summary>
internal static class SqliteReplayChunk
{
    public static ReplayChunk Read(SqliteConnection connection, ReplayRow replay) => replay.Request.DeadLetters
        ? ReplayChunk.OfDeadLetters(replay, ReadDeadLetters(connection, replay))
        : ReplayChunk.OfEvents(replay, ReadEvents(connection, replay), ReplayChunk.EndOf(replay));

    private static List<ReplayItem> ReadDeadLetters(SqliteConnection connection, ReplayRow replay) => connection.ReadRows(
        $"""
        SELECT d.delivery_id, {ReplayItem.Columns}
        FROM delivery d INDEXED BY delivery_dead JOIN event e ON e.sequence = d.sequence {ReplayItem.Names}
        WHERE d.state = 3 AND d.replaced_by IS NULL AND d.delivery_id > @Position AND d.delivery_id <= @Through
          AND d.endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint)
        ORDER BY d.delivery_id LIMIT @MaxEvents
        """,
        new { replay.Position, replay.Through, ReplayChunk.MaxEvents, endpoint = replay.Request.EndpointId?.ToByteArray(bigEndian: true) },
        ReplayItem.Read);

    private static List<ReplayItem> ReadEvents(SqliteConnection connection, ReplayRow replay)
    {
        var request = replay.Request;
        return connection.ReadRows(
            $"""
            SELECT e.sequence, {ReplayItem.Columns}
            FROM event e {ReplayItem.Names}
            WHERE e.sequence > @Position AND e.sequence <= @end
              AND (@since IS NULL OR e.received_at >= @since) AND (@until IS NULL OR e.received_at < @until)
              AND (@source IS NULL OR s.name = @source) AND (@mailbox IS NULL OR e.mailbox_id = @mailbox)
              AND (@state IS NULL OR e.state = @state)
              AND (@kind IS NULL OR (e.resource_kind = @kind AND e.resource_id = @id))
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
                    ? SqliteResource.IdValue(new ResourceReference(kind, request.ResourceId!))
                    : null,
            },
            ReplayItem.Read);
    }
}
