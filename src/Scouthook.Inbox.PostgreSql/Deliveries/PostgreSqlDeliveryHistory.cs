using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads the deliveries of a PostgreSQL database.</summary>
internal sealed class PostgreSqlDeliveryHistory(PostgreSqlReader reader, StoreClock clock, TimeProvider timeProvider) : IDeliveryHistory
{
    private const string SelectAttempt =
        """
        SELECT a.number AS Number, a.started_at AS StartedAt, a.duration AS Duration, a.outcome AS Outcome,
          a.status_code AS StatusCode, a.error AS Error, a.response_headers AS Headers, a.response_body AS Body
        FROM attempt a
        """;

    internal static Dictionary<long, Delivery> Find(
        NpgsqlConnection connection, IEnumerable<long> keys, NpgsqlTransaction? transaction, TimeSpan offset = default) =>
        connection.Query<PostgreSqlDeliveryRow>($"{PostgreSqlDeliveryRow.Select} WHERE d.delivery_id IN ({List(keys)})", transaction: transaction)
            .ToDictionary(row => row.RowId, row => row.ToDelivery(offset));

    /// <summary>Reads all attempts of some deliveries, without the responses.</summary>
    internal static Dictionary<(long Delivery, long Number), Attempt> Attempts(
        NpgsqlConnection connection, IEnumerable<long> keys, NpgsqlTransaction transaction) =>
        connection.Query<AttemptRow>(
            $"""
            SELECT delivery_id AS Delivery, number AS Number, started_at AS StartedAt, duration AS Duration, outcome AS Outcome,
              status_code AS StatusCode, error AS Error
            FROM attempt WHERE delivery_id IN ({List(keys)})
            """,
            transaction: transaction).ToDictionary(row => (row.Delivery, row.Number), row => row.ToAttempt());

    public Task<Page<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        reader.LookUpAsync(
            connection => new PostgreSqlDeliveryList(connection, query, timeProvider, clock.Offset).Read(), cancellationToken);

    public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.QuerySingleOrDefault<PostgreSqlDeliveryRow>(
            $"{PostgreSqlDeliveryRow.Select} WHERE d.id = @id", new { id = id })?.ToDelivery(clock.Offset),
        cancellationToken);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        reader.LookUpAsync<IReadOnlyList<Attempt>>(
            connection =>
            [
                .. connection.Query<AttemptRow>(
                    $"{SelectAttempt} JOIN delivery d ON d.delivery_id = a.delivery_id WHERE d.id = @id ORDER BY a.number",
                    new { id = id }).Select(row => row.ToAttempt()),
            ],
            cancellationToken);

    public Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        reader.LookUpAsync<IReadOnlyDictionary<long, DeliveryCounts>>(
            connection => Count(connection, sequences), cancellationToken);

    private static Dictionary<long, DeliveryCounts> Count(
        NpgsqlConnection connection, IReadOnlyCollection<long> sequences)
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
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("NULL"));

    

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

        public Attempt ToAttempt() => new((int)Number, PostgreSqlTime.To(StartedAt), new AttemptResult
        {
            Outcome = (AttemptOutcome)Outcome,
            StatusCode = (int?)StatusCode,
            Error = Error,
            ResponseHeaders = Headers is null
                ? []
                : [.. JsonSerializer.Deserialize<string[][]>(Headers)!.Select(header => KeyValuePair.Create(header[0], header[1]))],
            ResponseBody = Body,
            Duration = TimeSpan.FromMicroseconds(Duration),
        });
    }
}
