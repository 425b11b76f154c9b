using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Npgsql;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.PostgreSql;
using Scouthook.Inbox.Storage;

namespace Scouthook.Benchmarks.Sharing;

/// <summary>The store of several nodes, without any of them.</summary>
internal sealed partial class SharedStore : IDisposable
{
    private readonly NpgsqlDataSource _source;

    public SharedStore(string connectionString)
    {
        _source = NpgsqlDataSource.Create(connectionString);
        Database = new PostgreSqlDatabase(connectionString, hasOwnClock: false);
        Writer = new PostgreSqlWriter(Database, new PostgreSqlNotifier(new StoreSignal()), new StoreClock(TimeProvider.System), TimeProvider.System);
        Reader = new PostgreSqlReader(Database);
    }

    public PostgreSqlDatabase Database { get; }

    public PostgreSqlWriter Writer { get; }

    public PostgreSqlReader Reader { get; }

    /// <summary>The settings of a node.</summary>
    public static (string Key, string Value)[] Settings(string connectionString) =>
    [
        ("Scouthook:Inbox:Store", "PostgreSql"),
        ("Scouthook:Inbox:PostgreSql:ConnectionString", connectionString),
        ("Scouthook:Gateway:AdminKey", FirstPages.Key),
    ];

    /// <summary>The number of commits of a node that stored events, and the events in them.</summary>
    public static async Task<(double Commits, double Events)> CommitsAsync(IPEndPoint address)
    {
        using var client = new HttpClient();

        // Metrics may be a second old.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        var metrics = await client.GetStringAsync(new Uri($"http://{address}/metrics"));
        return (Sum("count"), Sum("sum"));

        double Sum(string part) => CommitSize().Matches(metrics).Where(match => match.Groups["part"].Value == part)
            .Sum(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The size of a table with its indexes, in megabytes.</summary>
    public async Task<double> MegabytesAsync(string table)
    {
        await using var command = _source.CreateCommand($"SELECT pg_total_relation_size('{table}')");
        return (long)(await command.ExecuteScalarAsync())! / 1e6;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
        Database.Dispose();
        _source.Dispose();
    }

    [GeneratedRegex(@"^scouthook_inbox_commit_size(?:_[a-z]+)?_(?<part>sum|count)(?:\{[^}]*\})? (?<value>[0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex CommitSize();
}
