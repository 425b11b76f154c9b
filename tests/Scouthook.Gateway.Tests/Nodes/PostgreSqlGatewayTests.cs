using Scouthook.TestSupport.Databases;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>Gateways that share a PostgreSQL database.</summary>
public sealed class PostgreSqlGatewayTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private PostgreSqlServer _server = null!;
    private string _connectionString = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _server = await PostgreSqlServer.StartAsync("fsync=on");
        _connectionString = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Events_received_by_either_node_are_stored_and_delivered_once()
    {
        await using var first = await HostedGateway.StartAsync(Node("first"));
        await using var second = await HostedGateway.StartAsync(Node("second"));

        for (var number = 0; number < 20; number++)
        {
            var node = number % 2 == 0 ? first : second;
            Assert.Equal(200, (await node.PostAsync(Some.Step(number % 3, number))).Status);
        }

        // The same request, received by the other node.
        Assert.Equal(200, (await second.PostAsync(Some.Step(0, 18))).Status);
        await Eventually.TrueAsync(() => _sink["sink"].TakenCount >= 20, "all events have arrived");

        var stored = await first.Client.EventsAsync();
        Assert.Equal(20, stored.Count);
        Assert.Equal(
            stored.Select(item => (long)item["sequence"]!), (await second.Client.EventsAsync()).Select(item => (long)item["sequence"]!));
        Assert.Equal(1, stored.Sum(item => (int)item["repeats"]!));
        DeliveryOrder.Rises(_sink["sink"].Arrivals, arrival => arrival.EventId);
        await Eventually.AnswersTrueAsync(
            async () => (await second.Client.DeliveriesAsync("state=delivered")).Count == 20, "all deliveries are settled");
        Assert.Equal(20, _sink["sink"].Arrivals.Count);
    }

    [Fact]
    public async Task Gateway_recovers_by_itself_when_the_server_has_restarted()
    {
        await using var gateway = await HostedGateway.StartAsync(Node("first"));
        Assert.Equal(200, (await gateway.PostAsync(Some.Step(1, 1))).Status);
        await Eventually.TrueAsync(() => _sink["sink"].TakenCount == 1, "the first event has arrived");

        await _server.RestartAsync();
        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(Some.Step(1, 2))).Status == 200, "an event is accepted after the restart");

        await Eventually.TrueAsync(
            () => _sink["sink"].Arrivals.Select(arrival => arrival.EventId).Distinct().Count() == 2, "the second event has arrived");
        Assert.Equal(2, (await gateway.Client.EventsAsync()).Count);
    }

    [Fact]
    public async Task Missing_connection_string_is_a_mistake_that_names_its_key()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.With("Scouthook:Inbox:Store", "PostgreSql")));

        Assert.Contains("Scouthook:Inbox:PostgreSql:ConnectionString is required", exception.Message, StringComparison.Ordinal);
    }

    private GatewaySetup Node(string name) => new GatewaySetup { Folder = _folder.Path, Data = name }
        .Delivering()
        .To("sink", _sink["sink"])
        .With("Scouthook:Receiver:CommitTimeout", "60s")
        .With("Scouthook:Inbox:Store", "PostgreSql")
        .With("Scouthook:Inbox:PostgreSql:ConnectionString", _connectionString);
}
