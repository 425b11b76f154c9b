using Scouthook.TestSupport.Databases;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>How soon nodes accept events again after a crash of the database.</summary>
[Collection(AloneCollection.Name)]
public sealed class DatabaseRecoveryTests : IAsyncLifetime
{
    private const int PerSecond = 100;
    private const int Conversations = 200;

    private static readonly int Crashes = Rounds.Of(2, 10);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(1.5);

    /// <summary>Long enough for pauses between tries to have grown, were they to grow.</summary>
    private static readonly TimeSpan LongAway = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private PostgreSqlServer _server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetTimestamp();

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["sink"].KeepsContent = false;
        _server = await PostgreSqlServer.StartAsync("fsync=on");
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Every_node_accepts_events_within_five_seconds_after_the_database_is_back(int count)
    {
        var database = await _server.CreateDatabaseAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, count).Select(node => GatewayProcess.StartAsync(Setup($"node{node}", database))));
        using var load = new NodesLoad([.. nodes.Select(node => node.Port)]);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var sending = load.RunAsync(Some.Steps(Conversations), PerSecond, enough.Token);
        var took = new List<TimeSpan>();

        for (var crash = 1; crash <= Crashes; crash++)
        {
            await Task.Delay(Between, TimeProvider.System, Cancelled);
            await _server.StopAsync();
            await Task.Delay(Away, TimeProvider.System, Cancelled);
            var started = Now;
            await _server.ContinueAsync();
            var back = Now;
            await Eventually.TrueAsync(() => Recovered(load, back).Count == count, "every node accepts events");
            var recovered = Recovered(load, back);
            took.AddRange(recovered.Values);
            Figures.Print(
                $"crash {crash}: the database started in {TimeProvider.System.GetElapsedTime(started, back).TotalSeconds:0.00} s; then the nodes accepted events after {string.Join(", ", recovered.Values.Select(time => $"{time.TotalSeconds:0.00}"))} s");
        }

        await enough.CancelAsync();
        await sending;
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        Assert.All(took, time => Assert.InRange(time, TimeSpan.Zero, Promised));
    }

    [Fact]
    public async Task Node_that_starts_while_the_database_is_away_accepts_events_within_five_seconds_after_it_is_back()
    {
        var database = await _server.CreateDatabaseAsync();
        await using (await GatewayProcess.StartAsync(Setup("first", database)))
        {
        }

        await _server.StopAsync();
        await using var node = await GatewayProcess.StartAsync(Setup("node", database));
        Assert.Equal(503, (await node.PostAsync(Some.Event(1))).Status);
        await Task.Delay(LongAway, TimeProvider.System, Cancelled);
        await _server.ContinueAsync();
        var back = Now;
        await Eventually.AnswersTrueAsync(async () => (await node.PostAsync(Some.Event(1))).Status == 200, "the event is accepted");

        var took = TimeProvider.System.GetElapsedTime(back);
        Figures.Print($"the node accepted an event {took.TotalSeconds:0.00} s after the database was back");
        Assert.InRange(took, TimeSpan.Zero, Promised);
    }

    /// <summary>The time from an instant to the first acknowledged event of each node that has acknowledged one since.</summary>
    private static SortedDictionary<int, TimeSpan> Recovered(NodesLoad load, long back) => new(load.Answers
        .Where(answer => answer.Status is 200 && answer.EndedAt >= back)
        .GroupBy(answer => answer.Node)
        .ToDictionary(node => node.Key, node => node.Min(answer => TimeProvider.System.GetElapsedTime(back, answer.EndedAt))));

    private GatewaySetup Setup(string node, string database) => SharedPostgreSql.Node(_folder, node, database)
        .With("Scouthook:Receiver:CommitTimeout", "5s")
        .With("Scouthook:Gateway:MaxConnectionsPerAddress", "5000")
        .With("Scouthook:Gateway:MaxConnections", "6000")
        .To("sink", _sink["sink"], ("Timeout", "1s"));
}
