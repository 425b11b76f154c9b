using Microsoft.Data.Sqlite;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>The work that a gateway has put off, read from its store while it runs.</summary>
/// <param name="LogBytes">The size of the write-ahead log.</param>
/// <param name="UncountedEvents">The changes that the statistics have not counted yet.</param>
internal sealed record Deferred(long LogBytes, long UncountedEvents)
{
    public static Deferred Read(string data)
    {
        var file = Path.Combine(data, "scouthook.db");
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT coalesce((SELECT change_id + ids - 1 FROM change ORDER BY change_id DESC LIMIT 1), 0)
              - coalesce((SELECT value FROM upkeep WHERE name = 'changes_counted_through'), 0)
            """;
        return new Deferred(new FileInfo(file + "-wal").Length, (long)command.ExecuteScalar()!);
    }
}
