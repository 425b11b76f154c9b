using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Looks back at the deliveries of one SQLite file.</summary>
internal sealed class SqliteDeliveryHistory(SqliteReader reader, StoreClock clock) : IDeliveryHistory
{
    private const string Select =
        """
        SELECT d.delivery_id AS Key, d.id AS Id, e.id AS EventId, p.id AS EndpointId, d.state AS State, d.reason AS Reason,
          d.attempts AS Attempts, d.next_attempt_at AS NextAttemptAt, d.created_at AS CreatedAt, d.settled_at AS SettledAt,
          r.id AS Replay, n.id AS ReplacedBy, t.name AS EventType, e.title AS Title, p.name AS EndpointName,
          (SELECT a.error FROM attempt a
           WHERE a.delivery_id = d.delivery_id ORDER BY a.number DESC LIMIT 1) AS LastError
        FROM delivery d
          JOIN event e ON e.sequence = d.sequence
          JOIN event_type t ON t.event_type_id = e.event_type_id
          JOIN endpoint p ON p.endpoint_id = d.endpoint_id
          LEFT JOIN replay r ON r.replay_id = d.replay_id
          LEFT JOIN delivery n ON n.delivery_id = d.replaced_by
        """;

    private const string SelectAttempt =
        """
        SELECT a.number AS Number, a.started_at AS StartedAt, a.duration AS Duration, a.outcome AS Outcome,
          a.status_code AS StatusCode, a.error AS Error, a.response_headers AS Headers, a.response_body AS Body
        FROM attempt a
        """;

    internal static Dictionary<long, Delivery> Find(
        SqliteConnection connection, IEnumerable<long> keys, SqliteTransaction transaction) =>
        connection.Query<Row>($"{Select} WHERE d.delivery_id IN ({List(keys)})", transaction: transaction)
            .ToDictionary(row => row.Key, row => row.ToDelivery(TimeSpan.Zero));

    /// <summary>All attempts of some deliveries, without what was answered.</summary>
    internal static Dictionary<(long Delivery, long Number), Attempt> Attempts(
        SqliteConnection connection, IEnumerable<long> keys, SqliteTransaction transaction) =>
        connection.Query<AttemptRow>(
            $"""
            SELECT delivery_id AS Delivery, number AS Number, started_at AS StartedAt, duration AS Duration, outcome AS Outcome,
              status_code AS StatusCode, error AS Error
            FROM attempt WHERE delivery_id IN ({List(keys)})
            """,
            transaction: transaction).ToDictionary(row => (row.Delivery, row.Number), row => row.ToAttempt());

    public Task<DeliveryPage> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        reader.ReadAsync(connection => List(connection, query, clock.Offset), cancellationToken);

    public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        connection => connection.QuerySingleOrDefault<Row>(
            $"{Select} WHERE d.id = @id", new { id = Bytes(id) })?.ToDelivery(clock.Offset),
        cancellationToken);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Attempt>>(
            connection =>
            [
                .. connection.Query<AttemptRow>(
                    $"{SelectAttempt} JOIN delivery d ON d.delivery_id = a.delivery_id WHERE d.id = @id ORDER BY a.number",
                    new { id = Bytes(id) }).Select(row => row.ToAttempt()),
            ],
            cancellationToken);

    public Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyDictionary<long, DeliveryCounts>>(
            connection => Count(connection, sequences), cancellationToken);

    private static DeliveryPage List(SqliteConnection connection, DeliveryQuery query, TimeSpan offset)
    {
        var conditions = new List<string> { "d.delivery_id < @before" };
        var parameters = new DynamicParameters();
        parameters.Add("before", query.Before ?? long.MaxValue);
        parameters.Add("limit", query.Limit + 1);
        if (query.EndpointId is { } endpoint)
        {
            conditions.Add("d.endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint)");
            parameters.Add("endpoint", Bytes(endpoint));
        }

        if (query.EventId is { } stored)
        {
            conditions.Add("d.sequence = (SELECT sequence FROM event WHERE id = @event)");
            parameters.Add("event", Bytes(stored));
        }

        if (query.State is { } state)
        {
            // In the words of the indexes over what is not yet settled, which are small whatever is stored.
            conditions.Add(state switch
            {
                DeliveryState.Pending => "d.holds = 1 AND d.state = 0",
                DeliveryState.Leased => "d.state = 1",
                DeliveryState.DeadLettered => "d.state = 3",
                _ => string.Create(CultureInfo.InvariantCulture, $"+d.state = {(int)state}"),
            });
        }

        var found = connection.Query<Row>(
            $"{Select} WHERE {string.Join(" AND ", conditions)} ORDER BY d.delivery_id DESC LIMIT @limit", parameters)
            .Select(row => row.ToDelivery(offset)).ToList();
        return found.Count > query.Limit
            ? new DeliveryPage(found.GetRange(0, query.Limit), found[query.Limit - 1].Key)
            : new DeliveryPage(found, null);
    }

    private static Dictionary<long, DeliveryCounts> Count(
        SqliteConnection connection, IReadOnlyCollection<long> sequences)
    {
        if (sequences.Count == 0)
        {
            return [];
        }

        return connection.Query<(long Sequence, long State, long Count)>(
            "SELECT sequence, state, count(*) FROM delivery "
            + $"WHERE sequence IN ({List(sequences)}) AND (state <> 3 OR replaced_by IS NULL) GROUP BY sequence, state")
            .GroupBy(row => row.Sequence)
            .ToDictionary(rows => rows.Key, rows => new DeliveryCounts(
                Of(rows, DeliveryState.Pending) + Of(rows, DeliveryState.Leased),
                Of(rows, DeliveryState.Delivered),
                Of(rows, DeliveryState.DeadLettered),
                Of(rows, DeliveryState.Discarded)));

        static int Of(IEnumerable<(long Sequence, long State, long Count)> rows, DeliveryState state) =>
            (int)rows.Where(row => row.State == (long)state).Sum(row => row.Count);
    }

    private static string List(IEnumerable<long> numbers) =>
        string.Join(", ", numbers.Select(it => it.ToString(CultureInfo.InvariantCulture)));

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private sealed class Row
    {
        public long Key { get; init; }

        public byte[] Id { get; init; } = [];

        public byte[] EventId { get; init; } = [];

        public byte[] EndpointId { get; init; } = [];

        public long State { get; init; }

        public string? Reason { get; init; }

        public long Attempts { get; init; }

        public long? NextAttemptAt { get; init; }

        public long CreatedAt { get; init; }

        public long? SettledAt { get; init; }

        public byte[]? Replay { get; init; }

        public byte[]? ReplacedBy { get; init; }

        public string EventType { get; init; } = "";

        public string? Title { get; init; }

        public string EndpointName { get; init; } = "";

        public string? LastError { get; init; }

        /// <param name="offset">How far the wall clock has moved against what waits go by.</param>
        public Delivery ToDelivery(TimeSpan offset) => new()
        {
            Key = Key,
            Id = new Guid(Id, bigEndian: true),
            EventId = new Guid(EventId, bigEndian: true),
            EndpointId = new Guid(EndpointId, bigEndian: true),
            EventType = EventType,
            Title = Title,
            EndpointName = EndpointName,
            LastError = LastError,
            State = (DeliveryState)State,
            StateReason = Reason,
            Attempts = (int)Attempts,
            NextAttemptAt = SqliteTime.To(NextAttemptAt) + offset,
            CreatedAt = SqliteTime.To(CreatedAt),
            SettledAt = SqliteTime.To(SettledAt),
            Replay = Replay is { } replay ? new Guid(replay, bigEndian: true) : null,
            ReplacedBy = ReplacedBy is { } replacement ? new Guid(replacement, bigEndian: true) : null,
        };
    }

    private sealed class AttemptRow
    {
        public long Delivery { get; init; }

        public long Number { get; init; }

        public long StartedAt { get; init; }

        public long Duration { get; init; }

        public long Outcome { get; init; }

        public long? StatusCode { get; init; }

        public string? Error { get; init; }

        public string? Headers { get; init; }

        public byte[]? Body { get; init; }

        public Attempt ToAttempt() => new((int)Number, SqliteTime.To(StartedAt), new AttemptResult
        {
            Outcome = (AttemptOutcome)Outcome,
            StatusCode = (int?)StatusCode,
            Error = Error,
            ResponseHeaders = Headers is null
                ? []
                : [.. JsonSerializer.Deserialize<string[][]>(Headers)!.Select(it => KeyValuePair.Create(it[0], it[1]))],
            ResponseBody = Body,
            Duration = TimeSpan.FromMicroseconds(Duration),
        });
    }
}
