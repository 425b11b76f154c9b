using System.Net;
using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Moves a gateway from SQLite to PostgreSQL.</summary>
public sealed class MigrateCommandTests(MigrationServer server) : IClassFixture<MigrationServer>
{
    private const int Conversations = 500;

    /// <summary>An event that the tool was forwarding when it was interrupted comes again.</summary>
    private const int OnItsWay = 1;

    private const string Password = "the-password-of-the-database";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gateway_continues_on_the_database_as_if_nothing_had_happened()
    {
        const string sourceSecret = "a-secret-added-while-it-runs";
        await using var moved = await MovedGateway.StartAsync(server.Server);
        var (crm, down, later) = (await moved.EndpointAsync("crm"), await moved.EndpointAsync("down"), await moved.EndpointAsync("later"));
        down.Answer = (_, _) => Task.FromResult(503);
        await moved.PostAsync("later", "pause");
        crm.Secret = (string)(await moved.PostAsync("crm", "rotate-secret"))["secret"]!;
        await moved.PostAsync("crm", "rotate-secret/finish");
        await moved.Client.PostJsonAsync("sources/default/secrets", new { secret = sourceSecret }, HttpStatusCode.Created);
        await moved.Client.PostJsonAsync("keys", new { name = "a viewer", role = "viewer" }, HttpStatusCode.Created);
        var steps = Enumerable.Range(0, 32).Select(number => Some.Step(number % 5, number)).ToList();
        foreach (var step in steps.Take(30))
        {
            Assert.Equal(200, (await moved.Gateway!.PostAsync(step)).Status);
        }

        await Eventually.AnswersTrueAsync(
            async () => (await moved.Client.DeliveriesAsync("state=delivered")).Count >= 30
                && (await moved.Client.DeliveriesAsync("state=deadLettered")).Count > 0,
            "crm has all, and there is a dead letter");
        await moved.PostAsync("down", "pause");
        await Eventually.AnswersTrueAsync(
            async () => (await moved.Client.DeliveriesAsync("state=leased")).Count == 0, "no attempt is in progress");
        var first = await FollowAsync(moved, "0", [], 30);
        var before = await moved.ListsAsync();
        await moved.KillAsync();

        var migration = await moved.MigrateAsync();
        await moved.StartOnDatabaseAsync();

        Assert.Equal(0, migration.ExitCode);
        Assert.Contains("Verified: number and hash of the rows are equal in all ", migration.Output, StringComparison.Ordinal);
        Assert.Contains("Set Scouthook:Inbox:Store to PostgreSql", migration.Output, StringComparison.Ordinal);
        Assert.Contains("Copying: 100 %", migration.Error, StringComparison.Ordinal);
        Assert.Contains("Verifying: 100 %", migration.Error, StringComparison.Ordinal);
        var after = await moved.ListsAsync();
        Assert.All(before, list => Assert.Equal(list.Value, after[list.Key]));

        // A follower misses nothing, repeats are recognised, and both secrets of the source are valid.
        Assert.Equal(200, (await moved.Gateway!.PostAsync(steps[29])).Status);
        Assert.Equal(200, (await moved.Gateway!.SendAsync(steps[30].Request(sourceSecret))).Status);
        Assert.Equal(200, (await moved.Gateway!.PostAsync(steps[31])).Status);
        Assert.Equal(32, (await moved.Client.EventsAsync("limit=500")).Count);
        var second = await FollowAsync(moved, first.Position, first.Hashes, 32);
        Assert.Equal(steps.Select(step => step.Hash).Order(), first.Hashes.Union(second.Hashes).Order());
        Assert.InRange(first.Hashes.Intersect(second.Hashes).Count(), 0, OnItsWay);

        // Deliveries continue in order, with the secrets as they were.
        await moved.PostAsync("later", "resume");
        await Eventually.TrueAsync(() => later.TakenCount >= 32 && crm.TakenCount >= 32, "everything is delivered");
        Assert.Equal((32, 32), (crm.TakenCount, later.TakenCount));
        down.Answer = (_, _) => Task.FromResult(200);
        await moved.PostAsync("down", "resume");
        Assert.Equal(0, (await moved.RunAsync("replay", "--endpoint", "down", "--dead-letters")).ExitCode);
        await Eventually.TrueAsync(() => Hashes(down).Count == 32, "what was pending is delivered, and dead letters are replayed");
        Assert.All(crm.Taken.Concat(later.Taken).Concat(down.Taken), arrival => Assert.True(arrival.IsSigned));
        AssertInOrder(later, hash => steps.FindIndex(step => step.Hash == hash) % 5);
    }

    [Fact]
    public async Task Migration_killed_in_the_middle_is_completed_by_the_same_command()
    {
        var count = Rounds.Of(1_200, 100_000);
        await using var moved = await MovedGateway.StartAsync(server.Server);
        var (crm, dead, later) = (await moved.EndpointAsync("crm"), await moved.EndpointAsync("dead", "convo.tags"), await moved.EndpointAsync("later"));
        (crm.KeepsContent, later.KeepsContent) = (false, false);
        dead.Answer = (arrival, _) => Task.FromResult(arrival.Sequence % 2 == 0 ? 200 : 500);
        await moved.PostAsync("later", "pause");

        var conversations = new Dictionary<string, int>();
        var sent = Enumerable.Range(0, count).Select(number => Sent(number, count)).ToList();
        sent.ForEach(step => conversations.Add(step.Hash, conversations.Count % Conversations));

        // The gateway is killed while it delivers, in the middle of what it has acknowledged.
        var load = new Load(moved.Gateway!.Port, sent.Take(count / 2));
        await load.RunAsync(connections: 8, Cancelled);
        await Eventually.AnswersTrueAsync(
            async () => (await moved.Client.DeliveriesAsync("state=deadLettered")).Count > 0, "there are dead letters");
        var first = await FollowAsync(moved, "0", [], count / 4);
        var more = new Load(moved.Gateway!.Port, sent.Skip(count / 2));
        await more.RunAsync(connections: 8, Cancelled);
        Assert.Equal(count, load.Acknowledged.Count + more.Acknowledged.Count);
        await moved.KillAsync();

        var killed = await moved.MigrateUntilAsync("KILL", count / 3);
        var refused = await moved.TryOnDatabaseAsync();
        var copied = await moved.NumberAsync("SELECT sum(rows) FROM unfinished_migration_table");
        var started = TimeProvider.System.GetTimestamp();
        var migration = await moved.MigrateAsync("--json");
        var took = TimeProvider.System.GetElapsedTime(started);

        Assert.Equal((137, ""), (killed.ExitCode, killed.Output));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"Run scouthook migrate --from {moved.Setup.DataPath} again", refused.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (migration.ExitCode, migration.Error));
        Assert.True(migration.Json.GetProperty("resumed").GetBoolean());
        var database = moved.Setup.Database;
        foreach (var table in new[] { "event", "event_body", "delivery", "attempt", "change", "resource", "recent_key", "search_term" })
        {
            Assert.Equal(Store.Count(database, table), await moved.NumberAsync($"SELECT count(*) FROM {table}"));
        }

        var rows = migration.Json.GetProperty("tables").EnumerateArray().Sum(table => table.GetProperty("rows").GetInt64());
        var deadLetters = Store.Count(database, "delivery WHERE state = 3");
        var pending = Store.Count(database, "delivery WHERE state < 2");
        Figures.Print(
            $"{count:N0} events, {pending:N0} pending deliveries, {deadLetters} dead letters; killed after {copied:N0} of {rows:N0} rows; the rest and the verification of all took {took.TotalSeconds:N1} s");

        await moved.StartOnDatabaseAsync();
        await moved.PostAsync("later", "resume");
        await WaitAsync(
            () => later.TakenCount >= count && crm.TakenCount >= count && Hashes(later).Count >= count && Hashes(crm).Count >= count,
            "everything is delivered");
        Assert.True(Hashes(crm).SetEquals(conversations.Keys));
        Assert.True(Hashes(later).SetEquals(conversations.Keys));
        Assert.All(later.Taken.Concat(crm.Taken), arrival => Assert.True(arrival.IsSigned));
        AssertInOrder(later, hash => conversations[hash]);
        AssertInOrder(crm, hash => conversations[hash]);

        // Every second one becomes a dead letter, before the migration or after.
        const string ToDead = "SELECT count(*) FROM delivery d JOIN endpoint e ON e.endpoint_id = d.endpoint_id WHERE e.name = 'dead'";
        await WaitAsync(
            async () => await moved.NumberAsync($"{ToDead} AND d.state < 2") == 0, "all attempts at the endpoint that fails are over");
        Assert.Equal(await moved.NumberAsync($"{ToDead} AND d.sequence % 2 = 1"), await moved.NumberAsync($"{ToDead} AND d.state = 3"));
        Assert.InRange(await moved.NumberAsync($"{ToDead} AND d.state = 3"), deadLetters, count);

        // A follower that had some of the events gets the others.
        var second = await FollowAsync(moved, first.Position, first.Hashes, count);
        Assert.InRange(first.Hashes.Intersect(second.Hashes).Count(), 0, OnItsWay);
        Assert.Equal(count, first.Hashes.Union(second.Hashes).Count());
    }

    [Fact]
    public async Task Interrupted_migration_says_that_the_same_command_continues()
    {
        await using var moved = await MovedGateway.StartAsync(server.Server);
        var load = new Load(moved.Gateway!.Port, Some.Events(3_000));
        await load.RunAsync(connections: 8, Cancelled);
        await moved.Gateway.StopAsync();

        var interrupted = await moved.MigrateUntilAsync("INT", 1);
        await using var tool = ToolOnTerminal.Start(
            ["migrate", "--from", moved.Setup.DataPath], ("SCOUTHOOK_CONNECTION", moved.ConnectionString));
        var exitCode = await tool.EndAsync();

        Assert.Equal((130, ""), (interrupted.ExitCode, interrupted.Output));
        Assert.EndsWith("Interrupted. The same command continues where it stopped.\n", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Contains("Copying", tool.Screen, StringComparison.Ordinal);
        Assert.Contains("100%", tool.Screen, StringComparison.Ordinal);
        Assert.Contains(": 3,000 events, ", tool.Screen, StringComparison.Ordinal);
        Assert.Equal(3_000, await moved.NumberAsync("SELECT count(*) FROM event_body"));
    }

    [Fact]
    public async Task Each_mistake_is_one_clear_line_without_the_password()
    {
        await using var moved = await MovedGateway.StartAsync(server.Server);
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder["good.txt"], moved.ConnectionString + "\n", Cancelled);
        await File.WriteAllTextAsync(folder["empty.txt"], "\n", Cancelled);
        await File.WriteAllTextAsync(folder["bad.txt"], $"postgres://scouthook:{Password}@db/scouthook", Cancelled);
        await File.WriteAllTextAsync(folder["unknown.txt"], $"{moved.ConnectionString};Database=none;Password={Password}", Cancelled);
        await File.WriteAllTextAsync(folder["away.txt"], $"Host=127.0.0.1;Port=1;Database=db;Username=me;Password={Password}", Cancelled);
        var data = moved.Setup.DataPath;

        await FailsAsync(2, $"There is no store at {folder["missing/scouthook.db"]}.", "--from", folder["missing"], "--to-file", folder["good.txt"]);
        await FailsAsync(2, "No connection string given. Pass a file with --to-file, or set SCOUTHOOK_CONNECTION.", "--from", data);
        await FailsAsync(2, $"Cannot read {folder["none.txt"]}: ", "--from", data, "--to-file", folder["none.txt"]);
        await FailsAsync(2, $"{folder["empty.txt"]} is empty.", "--from", data, "--to-file", folder["empty.txt"]);
        await FailsAsync(2, $"The connection string in {folder["bad.txt"]} is not a connection string of Npgsql", "--from", data, "--to-file", folder["bad.txt"]);
        await FailsAsync(1, $"The data directory {data} is in use by another Scouthook process.", "--from", data, "--to-file", folder["good.txt"]);
        await moved.KillAsync();
        await FailsAsync(1, "The database none on 127.0.0.1: the database does not exist.", "--from", data, "--to-file", folder["unknown.txt"]);
        await FailsAsync(1, "The database db on 127.0.0.1: the server does not respond.", "--from", data, "--to-file", folder["away.txt"]);
        Assert.False(Directory.Exists(folder["missing"]));

        await moved.StartOnDatabaseAsync();
        await FailsAsync(1, "contains another store", "--from", data, "--to-file", folder["good.txt"]);
    }

    private static async Task FailsAsync(int exitCode, string expected, params string[] arguments)
    {
        var run = await RunAsync(["migrate", .. arguments], input: null, ("SCOUTHOOK_CONNECTION", ""));

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("scouthook migrate: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode == 2 ? 2 : 1, run.Error.Count(character => character == '\n'));
    }

    private static SentEvent Sent(int number, int count) => number % (count / 50) == 0
        ? new SentEvent("convo.tags", Some.Step(number % Conversations, number).Body)
        : Some.Step(number % Conversations, number);

    private static HashSet<string> Hashes(SinkPath path) => [.. path.Taken.Select(arrival => arrival.Hash)];

    /// <summary>Follows the stream after a position until a number of events have arrived, with those that had arrived before.</summary>
    /// <returns>The position then, and what has arrived.</returns>
    private static async Task<(string Position, IReadOnlyList<string> Hashes)> FollowAsync(
        MovedGateway moved, string after, IReadOnlyList<string> before, int count)
    {
        var followed = moved.Sink[$"follower-after-{after}"];
        followed.KeepsContent = false;
        await using var tool = Start(
            ["listen", "--forward-to", followed.Url, "--after", after], ("SCOUTHOOK_API", moved.Api), ("SCOUTHOOK_KEY", moved.AdminKey));
        await WaitAsync(
            () => followed.TakenCount + before.Count >= count && Hashes(followed).Union(before).Count() >= count, $"{count} events are forwarded");
        await tool.InterruptAsync();
        var run = await tool.EndAsync();
        Assert.Equal(0, run.ExitCode);
        var hashes = followed.Taken.Select(arrival => arrival.Hash).ToList();
        Assert.Distinct(hashes);
        return (run.Output.Split("Resume with --after ")[1].Split('.')[0], hashes);
    }

    /// <summary>Checks that the events of each conversation first arrived in the order in which they were stored.</summary>
    private static void AssertInOrder(SinkPath path, Func<string, int> conversation)
    {
        var seen = new HashSet<string>();
        var newest = new Dictionary<int, long>();
        foreach (var arrival in path.Arrivals.OrderBy(arrival => arrival.Place).Where(arrival => seen.Add(arrival.Hash)))
        {
            var at = conversation(arrival.Hash);
            Assert.True(newest.GetValueOrDefault(at) < arrival.Sequence, $"{arrival} of conversation {at} came late");
            newest[at] = arrival.Sequence;
        }
    }

    private static Task WaitAsync(Func<bool> condition, string what) => WaitAsync(() => Task.FromResult(condition()), what);

    private static async Task WaitAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(Rounds.Of(5, 15)), $"never came true: {what}");
            await Eventually.PauseAsync();
        }
    }
}
