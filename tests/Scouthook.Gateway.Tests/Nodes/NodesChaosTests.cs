using System.Collections.Concurrent;
using Npgsql;
using Scouthook.TestSupport.Databases;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>Three nodes that are killed over and over, on a database that crashes twice.</summary>
public sealed class NodesChaosTests : IAsyncLifetime
{
    private const int Seed = 20261130;
    private const int Nodes = 3;
    private const int PerSecond = 300;
    private const int Conversations = 200;
    private const string Last = "chaos.end";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(Rounds.Of(15, 900));

    /// <summary>How long the database is away each time, besides its own shutdown and recovery.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(1.5);

    /// <summary>How soon a node accepts events after the database is back, and after its own start.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    /// <summary>The leases of a node that was killed last for three quarters of a minute; the rest is for slow machines.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromMinutes(Rounds.Of(5, 15));

    private readonly Folder _folder = new();
    private readonly ConcurrentDictionary<string, string> _sent = new();
    private readonly GatewayProcess?[] _nodes = new GatewayProcess?[Nodes];
    private readonly int[] _ports = new int[Nodes];
    private readonly List<Absence> _kills = [];
    private readonly List<Absence> _outages = [];
    private PostgreSqlServer _server = null!;
    private string _database = null!;
    private Sink _sink = null!;
    private int _turn;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetTimestamp();

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["sink"].KeepsContent = false;
        _server = await PostgreSqlServer.StartAsync("fsync=on");
        _database = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await (node?.DisposeAsync() ?? default);
        }

        await _sink.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nothing_is_lost_reordered_or_missed_by_followers_while_nodes_and_the_database_die()
    {
        await Task.WhenAll(Enumerable.Range(0, Nodes).Select(StartAsync));
        var random = new Random(Seed);
        using var load = new NodesLoad(_ports);
        using var follower = new Follower(NextPort, mayBreak: true);
        using var reader = new SequenceReader(NextPort);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using var read = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var following = follower.FollowAsync(Last, () => random.Next(20_000, 400_000));
        var reading = reader.RunAsync(read.Token);
        var sending = load.RunAsync(Steps(), PerSecond, enough.Token);
        var crashing = CrashServerAsync(load);
        await KillNodesAsync(Length);
        await crashing;
        await enough.CancelAsync();
        await sending;
        var node = _nodes[0]!;
        await node.DrainAsync(DrainTime, () => _sink["sink"].TakenCount);

        Assert.Equal(200, (await node.PostAsync(new SentEvent(Last, "{}"u8.ToArray()))).Status);
        await node.DrainAsync();
        await following.WaitAsync(DrainTime, Cancelled);
        await read.CancelAsync();
        await reading;
        await reader.ReadAsync();

        CheckAnswers(load);
        var stored = (await StoredAsync()).Where(row => row.Name != Last).ToList();
        CheckStored(load, stored);
        CheckArrivals(stored);
        CheckFollowers(follower, reader, stored);
        Assert.Empty(await node.Client.DeliveriesAsync("state=deadLettered"));
    }

    private int NextPort() => _ports[Interlocked.Increment(ref _turn) % Nodes];

    private async Task StartAsync(int node)
    {
        var setup = new GatewaySetup { Folder = _folder.Path, Data = $"node{node}" }
            .Delivering(attempts: 100)
            .With("Scouthook:Gateway:MaxConnectionsPerAddress", "5000")
            .With("Scouthook:Gateway:MaxConnections", "6000")
            .To("sink", _sink["sink"], ("Timeout", "1s"))
            .With("Scouthook:Inbox:Store", "PostgreSql")
            .With("Scouthook:Inbox:PostgreSql:ConnectionString", _database);
        var started = await GatewayProcess.StartAsync(
            _ports[node] == 0 ? setup : setup with { Urls = [$"http://127.0.0.1:{_ports[node]}"] });
        (_nodes[node], _ports[node]) = (started, started.Port);
    }

    private IEnumerable<SentEvent> Steps() => Some.Steps(Conversations).Select((sent, step) =>
    {
        _sent[sent.Hash] = $"conversation {step % Conversations}";
        return sent;
    });

    private async Task KillNodesAsync(TimeSpan during)
    {
        var (random, started) = (new Random(Seed), Now);
        while (TimeProvider.System.GetElapsedTime(started) < during)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + 2.5 * random.NextDouble()), TimeProvider.System, Cancelled);
            var (node, from) = (random.Next(Nodes), Now);
            var killed = _nodes[node]!;
            _nodes[node] = null;
            await killed.KillAsync();
            await killed.DisposeAsync();
            await StartAsync(node);
            _kills.Add(new Absence(node, from, Now));
        }
    }

    private async Task CrashServerAsync(NodesLoad load)
    {
        for (var crash = 0; crash < 2; crash++)
        {
            await Task.Delay(Length / 3, TimeProvider.System, Cancelled);
            await _server.StopAsync();
            var from = Now;
            await Task.Delay(Away, TimeProvider.System, Cancelled);

            // On a busy machine a request may take longer than that.
            await Eventually.TrueAsync(
                () => load.Answers.Any(answer => answer.Status is not null && answer.StartedAt >= from), "a request is answered while the database is away");
            var until = Now;
            await _server.ContinueAsync();
            _outages.Add(new Absence(crash, from, until) { BackAt = Now });
        }
    }

    private async Task<List<StoredRow>> StoredAsync()
    {
        var rows = new List<StoredRow>();
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(
            """
            SELECT e.sequence, t.name, upper(encode(sha256(b.body), 'hex')), e.repeats FROM event e
            JOIN event_body b ON b.sequence = e.sequence JOIN event_type t ON t.event_type_id = e.event_type_id
            JOIN source s ON s.source_id = e.source_id WHERE s.name = 'default' ORDER BY e.sequence
            """,
            connection);
        await using var found = await command.ExecuteReaderAsync(Cancelled);
        while (await found.ReadAsync(Cancelled))
        {
            rows.Add(new StoredRow(found.GetInt64(0), found.GetString(1), found.GetString(2), found.GetInt32(3)));
        }

        return rows;
    }

    /// <summary>
    /// Asserts that a request without an answer was sent to a node that was killed, and that any other was acknowledged or
    /// refused with 503, as all were while the database was away.
    /// </summary>
    private void CheckAnswers(NodesLoad load)
    {
        var answers = load.Answers.ToList();
        Figures.Print($"{_sent.Count} events, {_kills.Count} kills, {_outages.Count} crashes of the database");
        foreach (var answer in answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key))
        {
            Figures.Print($"{answer.Key?.ToString() ?? "no answer"}: {answer.Count()} requests");
        }

        foreach (var failure in load.Failures.GroupBy(failure => $"{failure.GetType().Name}, {failure.InnerException?.GetType().Name}"))
        {
            Figures.Print($"{failure.Key}: {failure.Count()} requests");
        }

        var wrong = answers.Where(answer => answer.Status is not (200 or 503)
            && !(answer.Status is null && _kills.Any(kill => kill.Subject == answer.Node && kill.Overlaps(answer)))).ToList();
        Assert.True(wrong.Count is 0, $"{wrong.Count} requests were answered wrongly: {string.Join(", ", wrong.Take(10))}");
        foreach (var outage in _outages)
        {
            var meanwhile = answers.Where(answer =>
                answer.Status is not null && answer.StartedAt >= outage.From && answer.EndedAt <= outage.Until).ToList();
            Assert.NotEmpty(meanwhile);
            Assert.All(meanwhile, answer => Assert.Equal(503, answer.Status));
            CheckRecovery(outage, answers);
        }
    }

    /// <summary>
    /// Asserts that each node accepted events five seconds after the database was back, or after it was started again if that was
    /// later. Nodes that start take the processors from the others, and compile what their first event requires, so a slow machine
    /// gets as much time again as it takes to start a node meanwhile.
    /// </summary>
    private void CheckRecovery(Absence outage, List<NodeAnswer> answers)
    {
        var starts = _kills.Select(kill => TimeProvider.System.GetElapsedTime(kill.From, kill.Until)).Order().ToList();
        var start = starts[starts.Count / 2];
        Figures.Print($"half of the starts took {start.TotalSeconds:0.0} s or less");
        foreach (var node in answers.Where(answer => answer.Status is 200 && answer.EndedAt >= outage.BackAt)
            .GroupBy(answer => answer.Node).OrderBy(group => group.Key))
        {
            var accepted = node.Min(answer => answer.EndedAt);
            var ready = _kills.Where(kill => kill.Subject == node.Key && kill.From <= accepted).Select(kill => kill.Until)
                .Append(outage.BackAt).Max();
            var took = TimeProvider.System.GetElapsedTime(Math.Min(ready, accepted), accepted);
            var what = ready == outage.BackAt ? "the database was back" : "its start";
            Figures.Print($"crash {outage.Subject + 1}: node {node.Key + 1} accepted events {took.TotalSeconds:0.0} s after {what}");
            Assert.InRange(took, TimeSpan.Zero, Recovery + start);
        }
    }

    private void CheckStored(NodesLoad load, List<StoredRow> stored)
    {
        var kept = stored.ToLookup(row => row.Hash);
        var lost = load.Acknowledged.Where(hash => !kept.Contains(hash)).ToList();
        Assert.True(lost.Count is 0, $"{lost.Count} of {load.Acknowledged.Count} acknowledged events are not stored");
        Assert.True(load.Acknowledged.Count >= PerSecond * Length.TotalSeconds / 4, $"only {load.Acknowledged.Count} events were acknowledged");
        Assert.All(stored, row => Assert.True(_sent.ContainsKey(row.Hash), $"{row} was never sent"));
        Figures.Print(
            $"{load.Acknowledged.Count} acknowledged, {stored.Count} stored ({kept.Count(rows => rows.Count() > 1)} of them again, as possible repeats), {stored.Sum(row => row.Repeats)} repeats recognised");
        Figures.Print($"longest gap without an acknowledged event: {LongestGap(load.Answers.Where(answer => answer.Status is 200).Select(answer => answer.EndedAt)):0.0} s");
    }

    private void CheckArrivals(List<StoredRow> stored)
    {
        var path = _sink["sink"];
        var bySequence = stored.ToDictionary(row => row.Sequence);
        var arrivals = path.Arrivals.Where(arrival => bySequence.ContainsKey(arrival.Sequence)).ToList();
        var taken = arrivals.Where(arrival => arrival.IsTaken).Select(arrival => arrival.Sequence).ToHashSet();
        var missing = stored.Where(row => !taken.Contains(row.Sequence)).ToList();
        Assert.True(missing.Count is 0, $"{missing.Count} events did not arrive: {string.Join(", ", missing.Take(10))}");
        Assert.All(arrivals, arrival => Assert.True(
            arrival.IsSigned && bySequence[arrival.Sequence].Hash == arrival.Hash, $"{arrival} is not as stored"));
        Assert.Equal(stored.Count, arrivals.Select(arrival => arrival.EventId).Distinct().Count());
        DeliveryOrder.Rises(arrivals, arrival => _sent[arrival.Hash]);
        Figures.Print(
            $"{arrivals.Count} arrivals, {arrivals.Count - stored.Count} of them repeated; longest gap without one: {LongestGap(arrivals.Select(arrival => arrival.At)):0.0} s");
    }

    private static void CheckFollowers(Follower follower, SequenceReader reader, List<StoredRow> stored)
    {
        var sequences = stored.Select(row => $"event {row.Sequence}").ToHashSet();
        var followed = follower.Seen.Where(seen => sequences.Contains(seen.What)).ToList();
        Assert.Equal(stored.Select(row => $"event {row.Sequence}"), followed.Select(seen => seen.What));
        Assert.True(follower.Seen.Zip(follower.Seen.Skip(1)).All(pair => pair.First.Id < pair.Second.Id), "ids of the stream rise");
        Assert.Equal(stored.Select(row => row.Sequence), reader.Seen.Where(sequence => sequences.Contains($"event {sequence}")));
        Figures.Print($"the follower of the stream connected {follower.Connections} times");
    }

    private static double LongestGap(IEnumerable<long> instants)
    {
        var ordered = instants.Order().ToList();
        return ordered.Zip(ordered.Skip(1), (one, next) => TimeProvider.System.GetElapsedTime(one, next).TotalSeconds).Max();
    }

    private sealed record StoredRow(long Sequence, string Name, string Hash, int Repeats);

    private sealed record Absence(int Subject, long From, long Until)
    {
        public long BackAt { get; init; }

        public bool Overlaps(NodeAnswer answer) => answer.StartedAt <= Until && answer.EndedAt >= From;
    }
}
