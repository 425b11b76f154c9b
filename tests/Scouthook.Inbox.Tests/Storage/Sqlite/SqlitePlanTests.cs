using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>The query plans of each kind of list, as SQLite explains the statements actually run.</summary>
/// <remarks>Run with <c>SCOUTHOOK_UPDATE=1</c> to write the plans into the README after an intended change.</remarks>
public sealed partial class SqlitePlanTests
{
    private const string Begin = "<!-- plans: written by SqlitePlanTests -->";
    private const string End = "<!-- end of plans -->";

    // So many conversations have a common title that it is searched for among the newest events.
    private const int Count = 25_000;

    // Fewer than a page, so that each kind of list reads those that are not indexed yet, and the index.
    private const int Tail = 40;

    [Fact]
    public async Task Plans_match_the_README_and_none_reads_all_events()
    {
        await using var store = await VolumeStore.FillAsync(Count, eventsPerConversation: 1);
        await store.Harness.Writer.RunAsync(session => SqliteLaterIndexes.Write(session, Count - Tail - session.IndexedThrough));
        var text = new StringBuilder();
        foreach (var kinds in EventKinds.Of(store)
            .Select(kind => (kind.Name, Plan: string.Join('\n', Plans(store, kind.Query)))).GroupBy(kind => kind.Plan))
        {
            var names = string.Join(" · ", kinds.Select(kind => kind.Name));
            text.Append(CultureInfo.InvariantCulture, $"\n{names}\n\n```\n{kinds.Key}\n```\n");
        }

        var plans = text.ToString();
        Assert.DoesNotMatch(FullScan(), plans);

        var file = typeof(SqlitePlanTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(it => it.Key == "SqliteReadme").Value!;
        var readme = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var from = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = readme.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SCOUTHOOK_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(
                file, $"{readme[..from]}\n{plans}\n{readme[to..]}", TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(readme[from..to].Trim(), plans.Trim());
    }

    /// <summary>Returns the distinct plans of the statements one list runs, in the order of first use.</summary>
    private static IEnumerable<string> Plans(VolumeStore store, EventQuery query)
    {
        var statements = new List<string>();
        using var connection = SqliteConnections.OpenReader(store.Harness.Database.Path);
        SQLitePCL.strdelegate_trace trace = (_, sql) => statements.Add(sql);
        SQLitePCL.raw.sqlite3_trace(connection.Handle, trace, null!);
        new SqliteEventList(connection, query, new FakeTimeProvider(), long.MaxValue).Read();
        trace = null!;
        SQLitePCL.raw.sqlite3_trace(connection.Handle, trace, null!);
        return [.. statements.Select(sql => Explain(connection, sql)).Distinct()];
    }

    private static string Explain(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        using var reader = command.ExecuteReader();
        var depths = new Dictionary<long, int> { [0] = 0 };
        var lines = new List<string>();
        while (reader.Read())
        {
            var depth = depths[reader.GetInt64(1)];
            depths[reader.GetInt64(0)] = depth + 1;
            lines.Add(new string(' ', 2 * depth) + reader.GetString(3));
        }

        var plan = Numbers().Replace(string.Join('\n', lines), "$1");
        return SameAgain().Replace(plan, "${part}$1... the same for each of the other types\n");
    }

    /// <summary>Numbers of subqueries, whose differences are meaningless.</summary>
    [GeneratedRegex(@"(subquery|SUBQUERY)[- ]\d+")]
    private static partial Regex Numbers();

    /// <summary>The part of each further type after that of the second.</summary>
    [GeneratedRegex(@"(?<part>( +)UNION ALL\n(?: +(?:CO-ROUTINE|SEARCH e|SCAN \(sub).*\n)+)(?:\k<part>)+")]
    private static partial Regex SameAgain();

    [GeneratedRegex(@"SCAN (e|event|b|event_body|resource|search_term|recent_key)\b")]
    private static partial Regex FullScan();
}
