using System.Globalization;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads the deliveries of a PostgreSQL database.</summary>
internal sealed class PostgreSqlDeliveryHistory(PostgreSqlReader reader, StoreClock clock, TimeProvider timeProvider) : IDeliveryHistory
{
    internal static Dictionary<long, Delivery> Find(
        NpgsqlConnection connection, IEnumerable<long> keys, NpgsqlTransaction? transaction, TimeSpan offset = default) =>
        connection.ReadRows(
            $"{PostgreSqlDeliveryRow.Select} WHERE d.delivery_id IN ({List(keys)})", null, row => DeliveryRow.Read(row, offset), transaction)
            .ToDictionary(row => row.RowId, row => row.Delivery);

    /// <summary>Reads all attempts of some deliveries, without the responses.</summary>
    internal static Dictionary<(long Delivery, long Number), Attempt> Attempts(
        NpgsqlConnection connection, IEnumerable<long> keys, NpgsqlTransaction transaction) =>
        connection.ReadRows(
            $"SELECT {AttemptRow.Columns} FROM attempt a WHERE a.delivery_id IN ({List(keys)})",
            null,
            row => AttemptRow.Read(row, hasResponse: false),
            transaction)
            .ToDictionary(row => (row.Delivery, (long)row.Attempt.Number), row => row.Attempt);

    public Task<Page<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        reader.LookUpAsync(
            connection => new PostgreSqlDeliveryList(connection, query, timeProvider, clock.Offset).Read(), cancellationToken);

    public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.ReadRows(
            PostgreSqlDeliveryRow.Select + " WHERE d.id = @id", new { id = id }, row => DeliveryRow.Read(row, clock.Offset).Delivery)
            .SingleOrDefault(),
        cancellationToken);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        reader.LookUpAsync<IReadOnlyList<Attempt>>(
            connection => connection.ReadRows(
                $"SELECT {AttemptRow.Columns}, {AttemptRow.ResponseColumns} FROM attempt a "
                + "JOIN delivery d ON d.delivery_id = a.delivery_id WHERE d.id = @id ORDER BY a.number",
                new { id = id },
                row => AttemptRow.Read(row, hasResponse: true).Attempt),
            cancellationToken);

    public Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        reader.LookUpAsync<IReadOnlyDictionary<long, DeliveryCounts>>(
            connection => Count(connection, sequences), cancellationToken);

    private static Dictionary<long, DeliveryCounts> Count(
        NpgsqlConnection connection, IReadOnlyCollection<long> sequences) => sequences.Count == 0
        ? []
        : DeliveryRow.Count(connection.Query<(long Sequence, long State, long Count)>(
            "SELECT sequence, state, count(*) FROM delivery "
            + $"WHERE sequence IN ({List(sequences)}) AND (state <> 3 OR replaced_by IS NULL) GROUP BY sequence, state"));

    private static string List(IEnumerable<long> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("NULL"));
}
