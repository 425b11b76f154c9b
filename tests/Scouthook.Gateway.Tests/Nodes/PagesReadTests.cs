using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Scouthook.TestSupport.Databases;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>
/// With many stored events, no statement that a gateway runs all the time, or for the first page of a list, may read all of a table.
/// </summary>
/// <remarks>
/// Recorded plans do not show that: the planner chooses by the size of the tables and by what it expects to find. So the server
/// itself tells how many pages each statement has read.
/// </remarks>
public sealed partial class PagesReadTests : IAsyncLifetime
{
    private const int Events = 60_000;

    /// <summary>Pages of 8 KB. A first page of deliveries reads about 400, for 50 rows of several tables; the table of deliveries has 800.</summary>
    private const int Most = 600;

    /// <summary>Makes many copies of the one event and its delivery, of the 30 days before it; four deliveries are dead letters.</summary>
    private static readonly string Multiply = string.Create(CultureInfo.InvariantCulture,
        $"""
        INSERT INTO event SELECT c.* FROM event e, generate_series(1, {Events}) n, jsonb_populate_record(e, jsonb_build_object(
          'sequence', e.sequence + n, 'id', gen_random_uuid(), 'received_at', e.received_at - ({Events} - n) * 40000000::bigint,
          'resource_id', n / 4, 'ordering_id', n / 4, 'mailbox_id', n % 5, 'conversation_number', n / 4)) c;
        INSERT INTO event_body SELECT b.sequence + n, b.headers, b.body FROM event_body b, generate_series(1, {Events}) n;
        INSERT INTO delivery SELECT c.* FROM delivery d, generate_series(1, {Events}) n, jsonb_populate_record(d, jsonb_build_object(
          'delivery_id', d.delivery_id + n, 'id', gen_random_uuid(), 'sequence', d.sequence + n, 'ordering_key', n / 4,
          'state', CASE WHEN n % 15000 = 0 THEN 3 ELSE d.state END, 'holds', n % 15000 = 0)) c;
        INSERT INTO attempt SELECT c.* FROM attempt a, generate_series(1, {Events}) n,
          jsonb_populate_record(a, jsonb_build_object('delivery_id', a.delivery_id + n)) c;
        INSERT INTO search_term SELECT 'term' || n, 1, n / 4 FROM generate_series(1, {Events}) n;
        SELECT setval('event_sequence', (SELECT max(sequence) FROM event)),
          setval(pg_get_serial_sequence('delivery', 'delivery_id'), (SELECT max(delivery_id) FROM delivery));
        UPDATE upkeep SET value = (SELECT max(sequence) FROM event) WHERE name = 'events_numbered_through';
        UPDATE endpoint_position SET dispatched_through = (SELECT max(sequence) FROM event);
        DELETE FROM leader;
        """);

    private static readonly string[] Lists =
    [
        "events", "events?type=convo.*", "events?type=tag.*", "events?source=default", "events?mailbox=3", "events?mailbox=77",
        "events?resource=conversation:1000", "events?state=ok", "events?state=unreadable", "events?deliveryState=pending",
        "events?deliveryState=deadLettered", "events?since=2026-01-01T00:00:00Z", "events?until=2026-01-01T00:00:00Z", "events?q=term7",
        "events?q=nothing", "events?state=unreadable&q=term7", "events?type=tag.*&q=term7", "deliveries", "deliveries?endpoint={sink}",
        "deliveries?state=pending", "deliveries?state=delivered", "deliveries?state=deadLettered",
        "deliveries?endpoint={sink}&state=pending", "deliveries?endpoint={sink}&state=deadLettered", "deliveries?type=tag.*", "endpoints",
        "endpoints/{sink}", "stats?window=1h", "stats?window=30d", "health", "replays", "sources", "audit",
    ];

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private PostgreSqlServer _server = null!;
    private string _connectionString = null!;

    private string Database => new NpgsqlConnectionStringBuilder(_connectionString).Database!;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _server = await PostgreSqlServer.StartAsync(
            "fsync=off", "autovacuum=off", "session_preload_libraries=auto_explain", "auto_explain.log_analyze=on",
            "auto_explain.log_buffers=on", "auto_explain.log_timing=off", "auto_explain.log_min_duration=-1");
        _connectionString = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_statement_that_runs_all_the_time_reads_a_table()
    {
        await FillAsync();
        await using (var gateway = await HostedGateway.StartAsync(Node()))
        {
            for (var number = 0; number < 3; number++)
            {
                Assert.Equal(200, (await gateway.PostAsync(Some.Step(7, number))).Status);
            }

            await Eventually.AnswersTrueAsync(() => HasCountedAsync(gateway, 3), "the new events are delivered and counted");
            var sink = (string)(await gateway.Client.EndpointAsync("sink"))["id"]!;
            foreach (var list in Lists)
            {
                await gateway.Client.JsonAsync($"/api/v1/{list.Replace("{sink}", sink, StringComparison.Ordinal)}");
            }
        }

        var statements = Statements();
        Assert.True(statements.Count > 50, "the server has logged what it ran");
        Assert.All(statements, statement => Assert.True(statement.Pages <= Most, $"{statement.Pages} pages: {statement.Text}"));
    }

    /// <summary>Stores an event, delivers it, copies both many times, and lets the server tell from then on what it runs.</summary>
    private async Task FillAsync()
    {
        await using (var gateway = await HostedGateway.StartAsync(Node()))
        {
            Assert.Equal(200, (await gateway.PostAsync(Some.Step(1, 1))).Status);
            await Eventually.AnswersTrueAsync(() => HasCountedAsync(gateway, 1), "the event is delivered and counted");
        }

        await _server.ExecuteAsync(Multiply, Database);
        await _server.ExecuteAsync("VACUUM ANALYZE", Database);
        await _server.ExecuteAsync("ALTER SYSTEM SET auto_explain.log_min_duration = 0");
        await _server.ExecuteAsync("SELECT pg_reload_conf()");
    }

    private static async Task<bool> HasCountedAsync(HostedGateway gateway, int more) =>
        (long)(await gateway.Client.JsonAsync("/api/v1/stats?window=1h"))["attempts"]!["total"]! >= more;

    /// <summary>The statements that the server has logged, and how many pages each has read.</summary>
    private IReadOnlyList<(int Pages, string Text)> Statements() =>
    [
        .. from entry in _server.ReadLog().Split("LOG:  duration: ").Skip(1)
           let buffers = Buffers().Match(entry)
           select (Pages(buffers.Groups[1]) + Pages(buffers.Groups[2]), entry),
    ];

    private static int Pages(Group found) => found.Success ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private GatewaySetup Node() => new GatewaySetup { Folder = _folder.Path, Data = "node" }
        .Delivering()
        .To("sink", _sink["sink"])
        .With("Scouthook:Inbox:Store", "PostgreSql")
        .With("Scouthook:Inbox:PostgreSql:ConnectionString", _connectionString);

    [GeneratedRegex(@"Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?")]
    private static partial Regex Buffers();
}
