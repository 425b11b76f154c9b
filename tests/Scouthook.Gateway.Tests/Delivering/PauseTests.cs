namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>An endpoint that is paused and resumed.</summary>
public sealed class PauseTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Events_during_a_pause_are_delivered_in_order_after_it()
    {
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("sink", _sink["sink"]));
        var id = (await gateway.Client.EndpointAsync("sink"))["id"];
        await gateway.PostAsync(Some.Step(1, 0));
        await Eventually.TrueAsync(() => _sink["sink"].TakenCount == 1, "the first event has arrived");

        // Several pauses, each no longer than an operator takes to notice a mistake.
        for (var pause = 1; pause <= 3; pause++)
        {
            var paused = await gateway.Client.PostJsonAsync($"endpoints/{id}/pause");
            Assert.Equal("paused", (string?)paused["state"]);
            for (var step = 1; step <= 5; step++)
            {
                await gateway.PostAsync(Some.Step(1, 10 * pause + step));
            }

            Assert.Equal(1 + 5 * (pause - 1), _sink["sink"].Arrivals.Count);
            var resumed = await gateway.Client.PostJsonAsync($"endpoints/{id}/resume");
            Assert.Equal("enabled", (string?)resumed["state"]);
            await Eventually.TrueAsync(
                () => _sink["sink"].TakenCount == 1 + 5 * pause, $"what was received during pause {pause} has arrived");
        }

        DeliveryOrder.Rises(_sink["sink"].Arrivals, _ => "the conversation");
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("resume")]
    [InlineData("pause and resume")]
    public async Task Waiting_deliveries_can_be_made_due_at_once(string how)
    {
        _sink["sink"].Answer = (_, _) => Task.FromResult(500);
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Delivery:AllowPrivateNetworks", "true")
            .With("Scouthook:Delivery:RetrySchedule", "2h,2h,2h").To("sink", _sink["sink"]));
        var id = (await gateway.Client.EndpointAsync("sink"))["id"];
        for (var conversation = 0; conversation < 4; conversation++)
        {
            await gateway.PostAsync(Some.Step(conversation, 0));
            await gateway.PostAsync(Some.Step(conversation, 1));
        }

        await Eventually.AnswersTrueAsync(
            async () => (await gateway.Client.DeliveriesAsync("state=pending")).Count(it => (string?)it["lastError"] is not null) == 4,
            "the first of each conversation has failed");
        var failing = await gateway.Client.EndpointAsync("sink");
        Assert.Equal("failing", (string?)failing["health"]);
        Assert.NotNull(failing["failingSince"]);
        Assert.Contains("500", (string?)failing["lastError"], StringComparison.Ordinal);
        _sink["sink"].Answer = (_, _) => Task.FromResult(200);

        foreach (var verb in how.Split(" and "))
        {
            await gateway.Client.PostJsonAsync($"endpoints/{id}/{verb}");
        }

        await Eventually.TrueAsync(() => _sink["sink"].TakenCount == 8, "everything has arrived");
        DeliveryOrder.Rises(_sink["sink"].Taken, arrival => arrival.Body.Length > 0 ? Id(arrival) : "");
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await gateway.Client.EndpointAsync("sink"))["health"] == "ok", "the endpoint is healthy");
        var well = await gateway.Client.EndpointAsync("sink");
        Assert.Equal((null, null), ((string?)well["failingSince"], (string?)well["lastError"]));
        Assert.NotNull(well["lastDeliveredAt"]);
        var audit = (await gateway.Client.JsonAsync("/api/v1/audit"))["items"]!.AsArray();
        Assert.Equal(how == "retry", audit.Any(it => (string?)it!["action"] == "endpoint.retry"));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("gone")]
    public async Task Retry_is_rejected_while_the_endpoint_is_paused_or_disabled(string why)
    {
        _sink["sink"].Answer = (_, _) => Task.FromResult(410);
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("sink", _sink["sink"]));
        var id = (await gateway.Client.EndpointAsync("sink"))["id"];
        if (why == "pause")
        {
            await gateway.Client.PostJsonAsync($"endpoints/{id}/pause");
        }
        else
        {
            await gateway.PostAsync(Some.Event(1));
            await Eventually.AnswersTrueAsync(
                async () => (string?)(await gateway.Client.EndpointAsync("sink"))["state"] == "disabled", "the endpoint is disabled");
        }

        var problem = await gateway.Client.PostJsonAsync($"endpoints/{id}/retry", expected: System.Net.HttpStatusCode.Conflict);

        Assert.Contains(why == "pause" ? "paused" : "disabled", problem.ToJsonString(), StringComparison.Ordinal);
    }

    private static string Id(Arrival arrival) => System.Text.Json.Nodes.JsonNode.Parse(arrival.Body)!["id"]!.ToJsonString();
}
