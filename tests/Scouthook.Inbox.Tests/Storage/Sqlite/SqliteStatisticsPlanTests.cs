using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>The query plans of the statistics: the statements actually run, explained by SQLite.</summary>
public sealed class SqliteStatisticsPlanTests : IAsyncLifetime
{
    private SqliteHarness _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), TimeProvider.System);
        var endpoint = await _store.CreateAsync();
        await _store.AppendAsync(1);
        await _store.DispatchAllAsync();
        await _store.DrainAsync(endpoint);
    }

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Reading_a_window_searches_the_counts_and_never_an_event_or_a_delivery()
    {
        while (await _store.Statistics.CountAsync() is StepOutcome.MoreToDo)
        {
        }

        var plans = Plans(connection => SqliteStatisticsQuery.Read(connection, Some.Instant.AddDays(-30), Some.Instant));

        Assert.Equal(
            from table in (string[])["attempt_count", "delivered_count", "event_count", "latency_count"]
            select $"SEARCH {table} USING PRIMARY KEY (resolution=? AND bucket>? AND bucket<?)",
            plans.Where(line => !line.EndsWith("USING INTEGER PRIMARY KEY (rowid=?)", StringComparison.Ordinal)).Order());
        Assert.Equal(
            ["SEARCH endpoint", "SEARCH event_type", "SEARCH source"],
            from line in plans where line.EndsWith("(rowid=?)", StringComparison.Ordinal) orderby line select line[..line.IndexOf(" USING", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Reading_one_endpoint_searches_the_counts_of_attempts()
    {
        while (await _store.Statistics.CountAsync() is StepOutcome.MoreToDo)
        {
        }

        var endpoint = (await _store.Endpoints.ListAsync(TestContext.Current.CancellationToken)).Single().Id;
        var plans = Plans(connection => Assert.Single(
            SqliteStatisticsQuery.ReadEndpoint(connection, endpoint, Some.Instant.AddDays(-30), Some.Instant)));

        Assert.Contains("SEARCH attempt_count USING PRIMARY KEY (resolution=? AND bucket>? AND bucket<?)", plans);
        Assert.Contains("SEARCH latency_count USING PRIMARY KEY (resolution=? AND bucket>? AND bucket<?)", plans);
        Assert.DoesNotContain(plans, line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public void Counting_reads_the_changes_after_its_position_and_what_they_name()
    {
        var size = StatisticsChunk.MaxSize;
        var plans = Plans(connection => Assert.NotNull(SqliteStatisticsChunk.Read(connection, long.MaxValue, ref size)));

        Assert.Contains("SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", plans);
        Assert.Contains("SEARCH a USING PRIMARY KEY (delivery_id=? AND number=?)", plans);
        Assert.All(
            plans.Where(line => line.StartsWith("SCAN", StringComparison.Ordinal)),
            line => Assert.Matches(@"^SCAN (change|\(subquery.*\))$", line));
        Assert.Contains("SEARCH c USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", plans);
    }

    [Fact]
    public async Task Looking_for_old_buckets_reads_the_first_of_each_table()
    {
        while (await _store.Statistics.CountAsync() is StepOutcome.MoreToDo)
        {
        }

        var plans = Plans(connection => SqliteStatisticsStore.Old(connection, Some.Instant.AddDays(1)));

        Assert.Contains("SEARCH latency_count USING PRIMARY KEY (resolution=? AND bucket>?)", plans);
        Assert.DoesNotContain(plans, line => line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains("subquery", StringComparison.Ordinal));
    }

    /// <summary>The lines of the plans of all statements.</summary>
    private List<string> Plans(Action<SqliteConnection> run)
    {
        var statements = new List<string>();
        using var connection = SqliteConnections.OpenReader(_store.Database.Path);
        SQLitePCL.strdelegate_trace trace = (_, sql) => statements.Add(sql);
        SQLitePCL.raw.sqlite3_trace(connection.Handle, trace, null!);
        run(connection);
        trace = null!;
        SQLitePCL.raw.sqlite3_trace(connection.Handle, trace, null!);
        return [.. statements.Where(sql => sql.Contains("SELECT", StringComparison.Ordinal)).SelectMany(sql => Explain(connection, sql))];
    }

    private static List<string> Explain(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3));
        }

        return lines;
    }
}
