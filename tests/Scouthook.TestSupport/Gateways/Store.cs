using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Scouthook.TestSupport.Gateways;

/// <summary>Reads a database file directly.</summary>
internal static class Store
{
    /// <summary>
    /// Returns the events that were received. Operational events are left out: a run that takes long raises some.
    /// </summary>
    public static IReadOnlyList<StoredRow> Read(string database, long above = 0)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT e.sequence, hex(e.id), b.body, e.repeats
            FROM event e JOIN source s ON s.source_id = e.source_id LEFT JOIN event_body b ON b.sequence = e.sequence
            WHERE e.sequence > $above AND s.name <> 'scouthook' ORDER BY e.sequence
            """;
        command.Parameters.AddWithValue("$above", above);
        var rows = new List<StoredRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new StoredRow(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : Convert.ToHexString(SHA256.HashData((byte[])reader[2])),
                reader.GetInt64(3)));
        }

        return rows;
    }

    public static long Count(string database, string table) =>
        Convert.ToInt64(Scalar(database, $"SELECT count(*) FROM {table}"), CultureInfo.InvariantCulture);

    public static object? Scalar(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Returns the first column of a query, as text.</summary>
    public static IReadOnlyList<string> Column(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    /// <summary>Asserts that the store contains exactly these events, each once and complete.</summary>
    public static void Holds(string database, IEnumerable<SentEvent> acknowledged, Func<string, bool> wasSent)
    {
        var rows = Read(database);
        Assert.All(rows, row => Assert.True(row.Hash is not null, $"event {row.Sequence} has no body"));
        Assert.Equal(Count(database, "event"), Count(database, "event_body"));
        Assert.Distinct(rows.Select(row => row.Hash));
        Assert.Distinct(rows.Select(row => row.Id));

        var kept = rows.Select(row => row.Hash!).ToHashSet();
        var missing = acknowledged.Count(sent => !kept.Contains(sent.Hash));
        Assert.True(missing == 0, $"{missing} events that were answered with 200 are not in the store");
        Assert.All(kept, hash => Assert.True(wasSent(hash), "the store contains a body that was never sent"));
        Assert.Equal("ok", Scalar(database, "PRAGMA integrity_check"));
    }

    /// <summary>Holds the write lock until disposed, so that no commit succeeds.</summary>
    public static IDisposable Block(string database)
    {
        var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = database,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
