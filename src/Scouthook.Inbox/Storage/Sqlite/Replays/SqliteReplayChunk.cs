using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The input of the next step of a replay, read outside the writer.</summary>
/// <param name="Events">The events, in order of their sequence.</param>
/// <param name="Position">The position of the replay after them.</param>
internal sealed record SqliteReplayChunk(IReadOnlyList<SqliteReplayChunk.Item> Events, long Position)
{
    private const int MaxEvents = 200;
    private const long Window = 5_000;

    public static SqliteReplayChunk Read(SqliteConnection connection, SqliteReplayRow replay)
    {
        var request = replay.ToRequest();
        return request.DeadLetters
            ? ReadDeadLetters(connection, replay, request)
            : ReadEvents(connection, replay, request);
    }

    private static SqliteReplayChunk ReadDeadLetters(
        SqliteConnection connection, SqliteReplayRow replay, ReplayRequest request)
    {
        var items = connection.Query<Item>(
            $"""
            SELECT d.delivery_id AS Position, {Columns}
            FROM delivery d INDEXED BY delivery_dead JOIN event e ON e.sequence = d.sequence {Names}
            WHERE d.state = 3 AND d.replaced_by IS NULL AND d.delivery_id > @Position AND d.delivery_id <= @Through
              AND d.endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint)
            ORDER BY d.delivery_id LIMIT @MaxEvents
            """,
            new { replay.Position, replay.Through, MaxEvents, endpoint = request.EndpointId?.ToByteArray(bigEndian: true) })
            .AsList();
        return new SqliteReplayChunk(items, items.Count < MaxEvents ? replay.Through : items[^1].Position);
    }

    private static SqliteReplayChunk ReadEvents(
        SqliteConnection connection, SqliteReplayRow replay, ReplayRequest request)
    {
        // A window, so that a filter with few matches does not scan the whole store at once.
        var end = Math.Min(replay.Position + Window, replay.Through);
        var items = connection.Query<Item>(
            $"""
            SELECT e.sequence AS Position, {Columns}
            FROM event e {Names}
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
                end,
                since = request.Since is { } since ? SqliteTime.From(since) : (long?)null,
                until = request.Until is { } until ? SqliteTime.From(until) : (long?)null,
                source = request.Source,
                mailbox = request.MailboxId,
                state = (long?)request.State,
                kind = (long?)request.ResourceKind,
                id = request.ResourceKind is { } kind
                    ? SqliteResource.IdValue(new ResourceReference(kind, request.ResourceId!))
                    : null,
            })
            .Where(item => EventRecipients.Includes(request, item.Event))
            .Take(MaxEvents + 1)
            .ToList();
        return items.Count > MaxEvents
            ? new SqliteReplayChunk(items.GetRange(0, MaxEvents), items[MaxEvents - 1].Position)
            : new SqliteReplayChunk(items, end);
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

        public object? OrderingId { get; init; }

        public RoutedEvent Event => field ??= new RoutedEvent(
            Sequence,
            Source,
            EventType,
            (EventState)State,
            MailboxId,
            OrderingKind is { } kind
                ? OrderingKey.Of(Source, kind, Convert.ToString(OrderingId, CultureInfo.InvariantCulture)!)
                : null);
    }
}
