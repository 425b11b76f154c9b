using Npgsql;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>A gateway whose connections to the database misbehave.</summary>
public sealed class DatabaseConnectionTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Event_whose_commit_is_not_answered_is_refused_with_503_and_recognised_when_it_is_sent_again()
    {
        var direct = await SharedPostgreSql.CreateAsync();
        await using var proxy = SharedPostgreSql.StartProxy();
        await using var gateway = await HostedGateway.StartAsync(
            SharedPostgreSql.Node(_folder, "node", SharedPostgreSql.Through(direct, proxy.Port)));
        var sent = Some.Event(1);

        proxy.CutsCommits = true;
        var first = await gateway.PostAsync(sent);
        proxy.CutsCommits = false;
        var again = await gateway.PostAsync(sent);

        Assert.Equal((503, 200), (first.Status, again.Status));
        var stored = Assert.Single(await gateway.Client.EventsAsync());
        Assert.Equal(1, (int)stored["repeats"]!);
    }

    [Fact]
    public async Task Silent_database_is_answered_with_503_and_used_again_once_it_speaks()
    {
        var direct = await SharedPostgreSql.CreateAsync();
        await using var proxy = SharedPostgreSql.StartProxy();
        await using var gateway = await HostedGateway.StartAsync(
            SharedPostgreSql.Node(_folder, "node", SharedPostgreSql.Through(direct, proxy.Port))
                .With("Scouthook:Receiver:CommitTimeout", "5s"));

        proxy.IsSilent = true;
        Assert.Equal(503, (await gateway.PostAsync(Some.Event(1))).Status);
        proxy.IsSilent = false;

        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(Some.Event(1))).Status == 200, "the event is accepted when the database speaks again");
        Assert.Single(await gateway.Client.EventsAsync());
    }

    [Fact]
    public async Task Node_that_starts_while_the_database_is_away_works_with_the_others_once_it_is_back()
    {
        await using var sink = await Sink.StartAsync();
        var direct = await SharedPostgreSql.CreateAsync();
        await using var proxy = SharedPostgreSql.StartProxy();
        await using var other = await HostedGateway.StartAsync(SharedPostgreSql.Node(_folder, "other", direct).To("sink", sink["sink"]));
        var away = SharedPostgreSql.Through(direct, proxy.Port);
        await proxy.DisposeAsync();

        await using var gateway = await HostedGateway.StartAsync(SharedPostgreSql.Node(_folder, "node", away).To("sink", sink["sink"]));
        Assert.Equal(503, (await gateway.PostAsync(Some.Event(1))).Status);
        await using var back = SharedPostgreSql.StartProxy(proxy.Port);
        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(Some.Event(1))).Status == 200, "the event is accepted when the database is back");
        await Eventually.AnswersTrueAsync(
            async () => ((string?)(await gateway.Client.JsonAsync("/api/v1/health"))["checks"]!["nodes"]!["detail"])!
                .Contains("is notified", StringComparison.Ordinal),
            "the node listens to the others");
        await Eventually.TrueAsync(() => sink["sink"].TakenCount == 1, "the event is delivered");
    }

    [Fact]
    public async Task Server_below_version_14_is_refused_at_the_start()
    {
        var direct = await SharedPostgreSql.CreateAsync();
        await using var proxy = SharedPostgreSql.StartProxy();
        proxy.Version = "13";

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => HostedGateway.StartAsync(
            SharedPostgreSql.Node(_folder, "node", SharedPostgreSql.Through(direct, proxy.Port))));

        Assert.Contains("is PostgreSQL 13.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Version 14 or later is required.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_that_the_database_rejects_says_what_to_do_without_the_password()
    {
        const string password = "hunter2-hunter2";
        var direct = await SharedPostgreSql.CreateAsync();
        await SharedPostgreSql.ExecuteAsync(
            direct, $"CREATE ROLE guarded LOGIN PASSWORD '{password}'; CREATE ROLE stranger LOGIN; CREATE ROLE limited LOGIN");
        var mistakes = new Dictionary<string, string>
        {
            [$"Username=guarded;Password={password}-not"] =
                "The server 127.0.0.1 rejects the password of the user guarded. Correct Username or Password in the connection string.",
            ["Username=guarded"] = "The server 127.0.0.1 requires a password of the user guarded. Add Password to the connection string.",
            [$"Username=stranger;Password={password}"] = "The server 127.0.0.1 does not admit the user stranger: ",
            [$"Database=nowhere;Password={password}"] =
                "The database nowhere does not exist on the server 127.0.0.1. Create it, or correct Database in the connection string.",
            [$"SSL Mode=Require;Password={password}"] =
                "The server 127.0.0.1 offers no TLS, which the connection string requires. Enable it there, or correct SSL Mode in the connection string.",
            [$"Username=limited;Password={password}"] = "The user limited lacks a privilege in the database ",
        };

        foreach (var (mistake, expected) in mistakes)
        {
            var exception = await Assert.ThrowsAsync<InboxRefusedException>(() => HostedGateway.StartAsync(
                SharedPostgreSql.Node(_folder, "node", new NpgsqlConnectionStringBuilder($"{direct};{mistake}").ConnectionString)));

            Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    [Fact]
    public async Task Host_that_has_no_address_is_a_database_that_is_away()
    {
        await using var gateway = await HostedGateway.StartAsync(SharedPostgreSql.Node(
            _folder, "node", "Host=database.invalid;Database=scouthook;Username=scouthook"));

        Assert.Equal(503, (await gateway.PostAsync(Some.Event(1))).Status);
        Assert.Equal("notReady", (string?)(await gateway.ReadyAsync()).Json["checks"]!["store"]!["status"]);
        Assert.Contains("No address is known for database.invalid. Check Host in the connection string.", gateway.Output, StringComparison.Ordinal);
    }
}
