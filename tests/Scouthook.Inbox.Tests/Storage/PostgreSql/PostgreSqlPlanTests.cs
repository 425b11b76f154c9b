using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.PostgreSql;
using Scouthook.Inbox.Tests.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>
/// The tables, the indexes, and the query plans of each kind of list and of delivering, as PostgreSQL explains the statements
/// actually run.
/// </summary>
/// <remarks>Run with <c>SCOUTHOOK_UPDATE=1</c> to write the plans into PLANS.md after an intended change.</remarks>
public sealed partial class PostgreSqlPlanTests
{
    private const string Begin = "<!-- plans: written by PostgreSqlPlanTests, with PostgreSQL ";
    private const string End = "<!-- end of plans -->";

    // So many conversations have a common title that it is searched for among the newest events.
    private const int Count = 12_000;

    /// <summary>
    /// Settings that belong to this test, so that a plan depends on the data alone. Tables of few rows would be scanned, which
    /// says nothing about large ones.
    /// </summary>
    private const string Explained =
        """
        LOAD 'auto_explain';
        SET auto_explain.log_min_duration = 0; SET auto_explain.log_level = notice; SET client_min_messages = notice;
        SET jit = off; SET max_parallel_workers_per_gather = 0; SET enable_seqscan = off; SET random_page_cost = 1.1;
        """;

    private static readonly string Readme = PathOf("PostgreSqlReadme");
    private static readonly string Recorded = PathOf("PostgreSqlPlans");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_and_index_is_in_the_README()
    {
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(TimeSpan.FromHours(48), TimeProvider.System);
        var text = await File.ReadAllTextAsync(Readme, Cancel);
        var names = new List<string>();
        await using var connection = store.Database.Open();
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i')
            AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = c.oid)
            """,
            connection);
        await using (var rows = await command.ExecuteReaderAsync(Cancel))
        {
            while (await rows.ReadAsync(Cancel))
            {
                names.Add(rows.GetString(0));
            }
        }

        Assert.True(names.Count > 30, "tables and indexes are found");
        Assert.All(names, name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plans_are_the_recorded_ones_and_none_reads_all_events()
    {
        var harness = (PostgreSqlHarness)await PostgreSqlHarness.CreateEmptyAsync(TimeSpan.FromHours(48), TimeProvider.System);
        var endpoint = await harness.CreateAsync();
        await using var store = await VolumeStore.FillAsync(harness, Count, eventsPerConversation: 1);
        for (var round = 0; round < 4; round++)
        {
            await harness.Dispatching.DispatchAsync();
        }

        await using var connection = harness.Database.Open();
        Run(connection, "VACUUM ANALYZE");
        Run(connection, Explained);
        var plans = Write([
            .. EventKinds.Of(store).Select(kind => (kind.Name, Plan: Lists(connection, kind.Query))),
            .. DeliveryKinds(endpoint, store).Select(kind => (kind.Name, Plan: Lists(connection, kind.Query))),
            ("dispatch", Transaction(harness, connection, session => PostgreSqlDispatch.Run(session, 1))),
            ("lease", Transaction(harness, connection, session => PostgreSqlLease.Take(session, endpoint.Id, 16, 16, TimeSpan.FromSeconds(45)))),
            ("expired leases", Transaction(harness, connection, session => PostgreSqlSettle.Expire(session))),
        ]);
        Assert.DoesNotMatch(FullScan(), plans);
        Assert.DoesNotMatch(FullIndex(), plans);

        var page = await File.ReadAllTextAsync(Recorded, Cancel);
        var begin = $"{Begin}{connection.PostgreSqlVersion.Major} -->";
        var from = page.IndexOf(Begin, StringComparison.Ordinal);
        var to = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SCOUTHOOK_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(Recorded, $"{page[..from]}{begin}\n{plans}\n{page[to..]}", Cancel);
            return;
        }

        // Another version may plan in another way, but must not read everything either.
        if (page.IndexOf(begin, StringComparison.Ordinal) == from)
        {
            Assert.Equal(page[(from + begin.Length)..to].Trim(), plans.Trim());
        }
    }

    private static string PathOf(string key) => typeof(PostgreSqlPlanTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(it => it.Key == key).Value!;

    private static IReadOnlyList<(string Name, DeliveryQuery Query)> DeliveryKinds(WebhookEndpoint endpoint, VolumeStore store) =>
    [
        ("deliveries, newest", new()),
        ("deliveries of an endpoint", new() { EndpointId = endpoint.Id }),
        ("deliveries of an event", new() { EventId = VolumeStore.Id(store.Count / 10) }),
        ("deliveries, pending", new() { State = DeliveryState.Pending }),
        ("deliveries, dead letters of an endpoint", new() { EndpointId = endpoint.Id, State = DeliveryState.DeadLettered }),
        ("deliveries, dead letters", new() { State = DeliveryState.DeadLettered }),
        ("deliveries of a type", new() { EventTypes = ["convo.tags"] }),
    ];

    private static string Lists(NpgsqlConnection connection, EventQuery query) =>
        Explain(connection, () => new PostgreSqlEventList(connection, query, new FakeTimeProvider()).Read());

    private static string Lists(NpgsqlConnection connection, DeliveryQuery query) =>
        Explain(connection, () => new PostgreSqlDeliveryList(connection, query, new FakeTimeProvider(), TimeSpan.Zero).Read());

    private static string Transaction(PostgreSqlHarness harness, NpgsqlConnection connection, Action<PostgreSqlSession> work) =>
        Explain(connection, () =>
        {
            using var transaction = connection.BeginTransaction();
            work(new PostgreSqlSession(connection, transaction, harness.Database, harness.Writer.Clock, harness.Writer.Node));
            transaction.Rollback();
        });

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the distinct plans of the statements that an action runs, in the order of first use.</summary>
    private static string Explain(NpgsqlConnection connection, Action action)
    {
        var plans = new List<string>();
        void Notice(object sender, NpgsqlNoticeEventArgs e) => plans.Add(e.Notice.MessageText);
        connection.Notice += Notice;
        action();
        connection.Notice -= Notice;
        return string.Join('\n', plans.Where(plan => plan.Contains("Query Text:", StringComparison.Ordinal)).Select(Shape)
            .Where(plan => plan != "Result").Distinct());
    }

    /// <summary>Leaves the nodes of a plan and what they search by: neither the statement nor values and estimates.</summary>
    private static string Shape(string explained)
    {
        var lines = explained.Split('\n').SkipWhile(line => !Costs().IsMatch(line))
            .Select(line => Values().Replace(Casts().Replace(Aliases().Replace(Costs().Replace(line, ""), ""), ""), "?").TrimEnd())
            .Where(line => !line.TrimStart().StartsWith("Filter:", StringComparison.Ordinal)
                && !line.TrimStart().StartsWith("Sort Key:", StringComparison.Ordinal));
        return Once([.. lines]);
    }

    /// <summary>Leaves out each part that follows the same part, as for each of the other types.</summary>
    private static string Once(ReadOnlySpan<string> lines)
    {
        var parts = new List<string>();
        while (!lines.IsEmpty)
        {
            // A line and those that are indented further belong together.
            var length = 1;
            while (length < lines.Length && Indent(lines[length]) > Indent(lines[0]))
            {
                length++;
            }

            var below = Once(lines[1..length]);
            var part = below.Length > 0 ? $"{lines[0]}\n{below}" : lines[0];
            if (parts.Count == 0 || parts[^1] != part)
            {
                parts.Add(part);
            }

            lines = lines[length..];
        }

        return string.Join('\n', parts);
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static string Write(IEnumerable<(string Name, string Plan)> kinds)
    {
        var text = new StringBuilder();
        foreach (var same in kinds.GroupBy(kind => kind.Plan))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{string.Join(" · ", same.Select(kind => kind.Name))}\n\n```\n{same.Key}\n```\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\s+\(cost=[^)]*\)")]
    private static partial Regex Costs();

    [GeneratedRegex("::(bigint|text|smallint|integer|\"[a-z]+\"|uuid)(\\[\\])?")]
    private static partial Regex Casts();

    /// <summary>The numbers of equal names.</summary>
    [GeneratedRegex(@"(?<=\b[a-z]+)_\d+\b")]
    private static partial Regex Aliases();

    /// <summary>Numbers, texts and lists of them.</summary>
    [GeneratedRegex(@"'[^']*'(?=[\s):,\]]|$)|(?<=[=<>] |\()'?-?\d+'?(?=[\s)]|$)|(?<=\$)\d+")]
    private static partial Regex Values();

    /// <summary>An index that is read from one end to the other; the first unsettled deliveries of all are no such case.</summary>
    [GeneratedRegex(@"(?!(?<=Limit\n +->  )Index Only Scan using delivery_order on delivery\n)Index (?:Only )?Scan[^\n]* on (?:event|event_body|resource|search_term|recent_key|delivery|attempt)\b[^\n]*\n(?! *Index Cond)")]
    private static partial Regex FullIndex();

    [GeneratedRegex(@"Seq Scan on (event|event_body|resource|search_term|recent_key|delivery|attempt)\b")]
    private static partial Regex FullScan();
}
