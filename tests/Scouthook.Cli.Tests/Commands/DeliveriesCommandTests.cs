using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Lists, shows, retries and discards deliveries.</summary>
public sealed class DeliveriesCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    private const string UnknownId = "01890000-0000-7000-8000-000000000000";

    [Fact]
    public async Task List_filters_by_endpoint_state_and_event_and_an_id_shows_the_attempts()
    {
        var id = await DeadLetterAsync("failing", "tag.created");
        await gateway.EndpointAsync("idle", "tag.deleted");

        var failing = await gateway.JsonAsync("deliveries", "--endpoint", "failing", "--state", "deadLettered", "--all");
        var delivered = await gateway.JsonAsync("deliveries", "--endpoint", "failing", "--state", "delivered");
        var idle = await gateway.JsonAsync("deliveries", "--endpoint", "idle");
        var ofEvent = await gateway.JsonAsync("deliveries", "--event", await gateway.NewestAsync("tag.created"));
        var one = await gateway.JsonAsync("deliveries", id);
        var text = await gateway.RunAsync("deliveries", id);

        Assert.Equal([1, 0, 0, 1], new[] { failing, delivered, idle, ofEvent }.Select(list => list.GetArrayLength()));
        Assert.Equal(id, failing[0].GetProperty("id").GetString());
        Assert.Equal([500, 500], one.GetProperty("attemptList").EnumerateArray().Select(attempt => attempt.GetProperty("statusCode").GetInt32()));
        Assert.Equal(2, text.Output.Split('\n').Count(line => line.Contains(" rejected ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Retried_dead_letter_is_delivered()
    {
        var id = await DeadLetterAsync("fixed", "customer.created");
        gateway.Sink["fixed"].Answer = (_, _) => Task.FromResult(200);

        await gateway.JsonAsync("deliveries", "retry", id);

        await Eventually.TrueAsync(() => gateway.Sink["fixed"].TakenCount == 1, "the delivery arrives");
        var again = await gateway.RunAsync("deliveries", "retry", await DeliveredAsync(id));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("The delivery is delivered", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discarded_dead_letter_is_no_longer_listed()
    {
        var id = await DeadLetterAsync("discarded", "customer.deleted");

        var discarded = await gateway.JsonAsync("deliveries", "discard", id);

        Assert.Equal("discarded", discarded.GetProperty("state").GetString());
        Assert.Equal(0, (await gateway.JsonAsync("deliveries", "--endpoint", "discarded", "--state", "deadLettered")).GetArrayLength());
    }

    [Fact]
    public async Task Viewer_may_not_discard()
    {
        var id = await DeadLetterAsync("visible", "user.status.changed");
        var key = await gateway.KeyAsync("viewer");

        var run = await gateway.RunWithAsync(key, "deliveries", "discard", id);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("role", run.Error, StringComparison.Ordinal);
        Assert.Equal("deadLettered", (await gateway.JsonAsync("deliveries", id)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(1, "There is no such delivery", "retry", UnknownId)]
    [InlineData(1, "There is no endpoint nobody", "--endpoint", "nobody")]
    [InlineData(2, "is not the id of a delivery", "retry", "crm")]
    [InlineData(2, "--state must be", "--state", "dead")]
    [InlineData(2, "can't be combined with filters", UnknownId, "--state", "pending")]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["deliveries", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Posts the sample event of a type and waits until its delivery is a dead letter.</summary>
    private async Task<string> DeadLetterAsync(string endpoint, string type)
    {
        var path = await gateway.EndpointAsync(endpoint, type);
        path.Answer = (_, _) => Task.FromResult(500);
        await gateway.PostAsync(Some.Sample(type));
        return (string)(await gateway.Gateway.Client.DeliveryAsync(endpoint, "deadLettered"))["id"]!;
    }

    private async Task<string> DeliveredAsync(string id)
    {
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await gateway.Gateway.Client.JsonAsync($"/api/v1/deliveries/{id}"))["state"] == "delivered",
            "the delivery is settled");
        return id;
    }
}
