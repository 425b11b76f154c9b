using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads the deliveries of one SQLite file.</summary>
internal sealed class SqliteDeliveryHistory(SqliteReader reader, StoreClock clock, TimeProvider timeProvider) : IDeliveryHistory
{
    internal static Dictionary<long, Delivery> Find(
        SqliteConnection connection, IEnumerable<long> keys, SqliteTransaction? transaction, TimeSpan offset = default) =>
        connection.ReadRows(
            $"{SqliteDeliveryRow.Select} WHERE d.delivery_id IN ({List(keys)})", null, row => DeliveryRow.Read(row, offset), transaction)
            .ToDictionary(row => row.RowId, row => row.Delivery);

    /// <summary>Reads all attempts of some deliveries, without the responses.</summary>
    internal static Dictionary<(long Delivery, long Number), Attempt> Attempts(
        SqliteConnection connection, IEnumerable<long> keys, SqliteTransaction transaction) =>
        connection.ReadRows(
            $"SELECT {AttemptRow.Columns} FROM attempt a WHERE a.delivery_id IN ({List(keys)})",
            null,
            row => AttemptRow.Read(row, hasResponse: false),
            transaction)
            .ToDictionary(row => (row.Delivery, (long)row.Attempt.Number), row => row.Attempt);

    public Task<Page<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        reader.LookUpSyncedAsync(
            connection => new SqliteDeliveryList(connection, query, timeProvider, clock.Offset, reader.Durable.Deliveries).Read(), cancellationToken);

    public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpSyncedAsync(
        connection => connection.ReadRows(
            SqliteDeliveryRow.Select + " WHERE d.id = @id", new { id = Bytes(id) }, row => DeliveryRow.Read(row, clock.Offset).Delivery)
            .SingleOrDefault(),
        cancellationToken);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        reader.LookUpSyncedAsync<IReadOnlyList<Attempt>>(
            connection => connection.ReadRows(
                $"SELECT {AttemptRow.Columns}, {AttemptRow.ResponseColumns} FROM attempt a "
                + "JOIN delivery d ON d.delivery_id = a.delivery_id WHERE d.id = @id ORDER BY a.number",
                new { id = Bytes(id) },
                row => AttemptRow.Read(row, hasResponse: true).Attempt),
            cancellationToken);

    public Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        reader.LookUpSyncedAsync<IReadOnlyDictionary<long, DeliveryCounts>>(
            connection => Count(connection, sequences), cancellationToken);

    private static Dictionary<long, DeliveryCounts> Count(
        SqliteConnection connection, IReadOnlyCollection<long> sequences) => sequences.Count == 0
        ? []
        : DeliveryRow.Count(connection.Query<(long Sequence, long State, long Count)>(
            "SELECT sequence, state, count(*) FROM delivery "
            + $"WHERE sequence IN ({List(sequences)}) AND (state <> 3 OR replaced_by IS NULL) GROUP BY sequence, state"));

    private static string List(IEnumerable<long> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
