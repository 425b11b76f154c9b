using Dapper;
using Npgsql;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The input of the next step of a replay, read outside the writer.</summary>
/// <param name="Events">The events, in order of their sequence.</param>
/// <param name="Position">The position of the replay after them.</param>
internal sealed record PostgreSqlReplayChunk(IReadOnlyList<PostgreSqlReplayChunk.Item> Events, long Position)
{
    private const int MaxEvents = 200;
    private const long Window = 5_000;

    public static PostgreSqlReplayChunk Read(NpgsqlConnection connection, PostgreSqlReplayRow replay)
    {
        var request = replay.ToRequest();
        return request.DeadLetters
            ? ReadDeadLetters(connection, replay, request)
            : ReadEvents(connection, replay, request);
    }

    private static PostgreSqlReplayChunk ReadDeadLetters(
        NpgsqlConnection connection, PostgreSqlReplayRow replay, ReplayRequest request)
    {
        var items = connection.Query<Item>(
            $"""
            SELECT d.delivery_id AS Position, {Columns}
            FROM delivery d JOIN event e ON e.sequence = d.sequence {Names}
            WHERE d.state = 3 AND d.replaced_by IS NULL AND d.delivery_id > @Position AND d.delivery_id <= @Through
              AND d.endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint)
            ORDER BY d.delivery_id LIMIT @MaxEvents
            """,
            new { replay.Position, replay.Through, MaxEvents, endpoint = request.EndpointId })
            .AsList();
        return new PostgreSqlReplayChunk(items, items.Count < MaxEvents ? replay.Through : items[^1].Position);
    }

    private static PostgreSqlReplayChunk ReadEvents(
        NpgsqlConnection connection, PostgreSqlReplayRow replay, ReplayRequest request)
    {
        // A window, so that a filter with few matches does not scan the whole store at once.
        var end = Math.Min(replay.Position + Window, replay.Through);
        var items = connection.Query<Item>(
            $"""
            SELECT e.sequence AS Position, {Columns}
            FROM event e {Names}
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
                end,
                since = request.Since is { } since ? PostgreSqlTime.From(since) : (long?)null,
                until = request.Until is { } until ? PostgreSqlTime.From(until) : (long?)null,
                source = request.Source,
                mailbox = request.MailboxId,
                state = (long?)request.State,
                kind = (long?)request.ResourceKind,
                id = request.ResourceKind is { } kind
                    ? PostgreSqlResource.IdOf(new ResourceReference(kind, request.ResourceId!))
                    : null,
            })
            .Where(item => EventRecipients.Includes(request, item.Event))
            .Take(MaxEvents + 1)
            .ToList();
        return items.Count > MaxEvents
            ? new PostgreSqlReplayChunk(items.GetRange(0, MaxEvents), items[MaxEvents - 1].Position)
            : new PostgreSqlReplayChunk(items, end);
    }

    private const string Columns =
        """
        e.sequence AS Sequence, s.name AS Source, t.name AS EventType, e.state AS State, e.mailbox_id AS MailboxId,
        e.ordering_kind AS OrderingKind, e.ordering_id AS OrderingId
        """;

    private const string Names =
        "JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id";

    internal sealed class Item
    {
        public long Position { get; init; }

        public long Sequence { get; init; }

        public string Source { get; init; } = "";

        public string EventType { get; init; } = "";

        public long State { get; init; }

        public long? MailboxId { get; init; }

        public long? OrderingKind { get; init; }

        public string? OrderingId { get; init; }

        public RoutedEvent Event => field ??= new RoutedEvent(
            Sequence,
            Source,
            EventType,
            (EventState)State,
            MailboxId,
            OrderingKind is { } kind
                ? OrderingKey.Of(Source, kind, OrderingId!)
                : null);
    }
}
