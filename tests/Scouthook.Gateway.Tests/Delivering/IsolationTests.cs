using System.Globalization;
using Microsoft.Data.Sqlite;
using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>Endpoints that are in trouble, beside one that is not.</summary>
public sealed class IsolationTests : IAsyncLifetime
{
    private const int Concurrency = 10;
    private const int PerSecond = 200;

    /// <summary>Not measured: the first deliveries of a process are slow, and all parts of it are to have been in use.</summary>
    private const int Warming = 500;

    /// <summary>Far less than the 15 seconds that waiting for the one that hangs would take.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private readonly Folder _folder = new();
    private Sink _sink = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
    }

    /// <summary>Only once all have been in use: the first deliveries to one that hangs take the most from the others.</summary>
    private void BeginTrouble()
    {
        _sink["failing"].Answer = (_, _) => Task.FromResult(500);
        _sink["hanging"].Answer = async (_, gone) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            return 200;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_delivery_waits_for_an_endpoint_that_hangs_or_one_that_answers_500()
    {
        var events = Rounds.Of(1_500, 10_000);
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 3)
                .To("hanging", _sink["hanging"], ("Timeout", "15s"))
                .To("failing", _sink["failing"])
                .To("well", _sink["well"], ("Concurrency", Concurrency.ToString(CultureInfo.InvariantCulture))));

        await WarmAsync(gateway, "hanging", "failing", "well");
        BeginTrouble();
        var load = new Load(gateway.Port, Some.Events(events), PerSecond);
        await load.RunAsync(16, Cancelled);
        await Eventually.TrueAsync(() => _sink["well"].TakenCount >= Warming + events, "everything came to the third endpoint");

        Assert.Equal(events, load.Acknowledged.Count);
        Assert.Equal(Warming + events, _sink["well"].Arrivals.Count);
        foreach (var endpoint in new[] { _sink["hanging"], _sink["failing"] })
        {
            Assert.True(endpoint.Arrivals.Count > Warming, "It was asked while it was in trouble.");
            Assert.Equal(Warming, endpoint.TakenCount);
        }

        var deliveries = await SettledAsync(gateway, events);
        var waits = deliveries.Select(it => it.Started - it.Created).Order().ToList();
        var free = Free(deliveries);
        var idled = deliveries.Select(delivery => Idled(delivery, free)).Order().ToList();
        var held = idled.Count(time => time > Bound);
        Figures.Print(
            $"{events} deliveries, {held} held up; longest beside a free slot {idled[^1].TotalMilliseconds:F0} ms; from stored to attempted p50 {waits[events / 2].TotalMilliseconds:F1} ms, p99 {waits[events * 99 / 100].TotalMilliseconds:F1} ms");
        Assert.Equal(0, held);
    }

    [Fact]
    public async Task Deliveries_go_on_while_there_are_more_requests_than_can_be_stored()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("well", _sink["well"]));
        await WarmAsync(gateway, "well");

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        enough.CancelAfter(TimeSpan.FromSeconds(4));
        var load = new Load(gateway.Port, Some.Events(int.MaxValue));
        var took = await load.RunAsync(64, enough.Token);
        var (stored, delivered) = (load.Acknowledged.Count, _sink["well"].TakenCount - Warming);

        Figures.Print($"{stored} events stored and {delivered} delivered in {took.TotalSeconds:F1} s");
        Assert.True(delivered > stored / 20, $"only {delivered} of {stored} events were delivered while requests came");
    }

    private async Task WarmAsync(GatewayProcess gateway, params string[] endpoints)
    {
        await new Load(gateway.Port, Some.Events(Warming, from: 1_000_000)).RunAsync(16, Cancelled);
        await Eventually.TrueAsync(
            () => endpoints.All(endpoint => _sink[endpoint].TakenCount == Warming), "the process is warm");
    }

    /// <summary>The longest that a delivery stood there, due, while one slot of its endpoint was free all along.</summary>
    private static TimeSpan Idled(Delivery delivery, IReadOnlyList<(TimeSpan From, TimeSpan To)> free) => free
        .Select(it => Least(it.To, delivery.Started) - Most(it.From, delivery.Created))
        .Aggregate(TimeSpan.Zero, Most);

    /// <summary>When fewer attempts were under way than the endpoint allows.</summary>
    private static List<(TimeSpan From, TimeSpan To)> Free(IReadOnlyList<Delivery> deliveries)
    {
        var free = new List<(TimeSpan From, TimeSpan To)>();
        var since = TimeSpan.Zero;
        var running = 0;
        foreach (var (at, change) in deliveries
            .SelectMany(it => new[] { (At: it.Started, Change: 1), (At: it.Settled, Change: -1) })
            .OrderBy(it => it.At))
        {
            running += change;
            if (running == Concurrency && change > 0)
            {
                free.Add((since, at));
            }
            else if (running == Concurrency - 1 && change < 0)
            {
                since = at;
            }
        }

        free.Add((since, TimeSpan.MaxValue));
        return free;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Most(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static async Task<IReadOnlyList<Delivery>> SettledAsync(GatewayProcess gateway, int events)
    {
        IReadOnlyList<Delivery> deliveries = [];
        await Eventually.TrueAsync(
            () => (deliveries = [.. Read(gateway.Setup.Database).Skip(Warming)]).Count == events, "every delivery to it is settled");
        return deliveries;
    }

    private static List<Delivery> Read(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT d.created_at, a.started_at, d.settled_at FROM delivery d
            JOIN endpoint e ON e.endpoint_id = d.endpoint_id JOIN attempt a ON a.delivery_id = d.delivery_id
            WHERE e.name = 'well' AND d.state = 2 ORDER BY d.delivery_id
            """;
        using var rows = command.ExecuteReader();
        var deliveries = new List<Delivery>();
        while (rows.Read())
        {
            deliveries.Add(new Delivery(
                TimeSpan.FromMicroseconds(rows.GetInt64(0)),
                TimeSpan.FromMicroseconds(rows.GetInt64(1)),
                TimeSpan.FromMicroseconds(rows.GetInt64(2))));
        }

        return deliveries;
    }

    private sealed record Delivery(TimeSpan Created, TimeSpan Started, TimeSpan Settled);
}
