using System.Text.Json;
using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Manages the endpoints of a gateway.</summary>
public sealed class EndpointsCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    [Fact]
    public async Task Secret_is_shown_only_at_creation_and_signs_deliveries()
    {
        var path = gateway.Sink["created"];

        var created = await gateway.JsonAsync("endpoints", "create", "--name", "created", "--url", path.Url, "--events", "tag.created");
        path.Secret = Secret(created);
        await gateway.PostAsync(Some.Sample("tag.created"));
        await Eventually.TrueAsync(() => path.TakenCount == 1, "the event is delivered");

        Assert.StartsWith("whsec_", path.Secret, StringComparison.Ordinal);
        Assert.True(path.Arrivals[0].IsSigned);
        string[][] commands = [["endpoints"], ["endpoints", "created"], ["endpoints", "--json"], ["endpoints", "created", "--json"]];
        foreach (var command in commands)
        {
            var run = await gateway.RunAsync(command);
            Assert.Contains("created", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(path.Secret, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task New_endpoint_has_every_value_that_was_given()
    {
        await gateway.JsonAsync(
            "endpoints", "create", "--url", "https://example.com/all", "--name", "all", "--events", "convo.*,customer.created",
            "--mailboxes", "1,2", "--ordering", "strict", "--timeout-seconds", "2.5", "--concurrency", "3",
            "--include-unreadable", "false", "--start-from", "beginning");

        var shown = await gateway.JsonAsync("endpoints", "ALL");

        Assert.Equal(
            """["https://example.com/all","all",["convo.*","customer.created"],[1,2],"strict",2.5,3,false]""",
            JsonSerializer.Serialize(
                new[] { "url", "name", "events", "mailboxIds", "ordering", "timeoutSeconds", "concurrency", "includeUnreadable" }
                    .Select(member => shown.GetProperty(member))));
    }

    [Fact]
    public async Task Change_updates_only_the_given_values()
    {
        var old = await gateway.EndpointAsync("moving", "tag.deleted");
        var before = await gateway.JsonAsync("endpoints", "moving");

        await gateway.JsonAsync("endpoints", "change", "moving", "--url", gateway.Sink["moved"].Url, "--name", "moved");
        await gateway.PostAsync(Some.Sample("tag.deleted"));
        await Eventually.TrueAsync(() => gateway.Sink["moved"].TakenCount == 1, "the event arrives at the new address");

        var after = await gateway.JsonAsync("endpoints", "moved");
        Assert.Empty(old.Arrivals);
        Assert.True(gateway.Sink["moved"].Arrivals[0].IsSigned);

        // The delivery made in the meantime also changes these.
        string[] changed = ["url", "name", "health", "lastDeliveredAt"];
        Assert.All(before.EnumerateObject().Where(member => !changed.Contains(member.Name)), member =>
            Assert.Equal(member.Value.GetRawText(), after.GetProperty(member.Name).GetRawText()));
    }

    [Fact]
    public async Task Paused_endpoint_gets_nothing_until_it_is_resumed()
    {
        var paused = await gateway.EndpointAsync("paused", "customer.created");
        var other = await gateway.EndpointAsync("other", "customer.created");

        var state = (await gateway.JsonAsync("endpoints", "pause", "paused")).GetProperty("state").GetString();
        await gateway.PostAsync(Some.Sample("customer.created"));
        await Eventually.TrueAsync(() => other.TakenCount == 1, "the other endpoint gets the event");
        var whilePaused = paused.Arrivals.Count;
        await gateway.JsonAsync("endpoints", "resume", "paused");
        await Eventually.TrueAsync(() => paused.TakenCount == 1, "the pending delivery arrives");

        Assert.Equal(("paused", 0), (state, whilePaused));
    }

    [Fact]
    public async Task Retry_attempts_pending_deliveries_at_once_and_the_list_shows_health()
    {
        var recovering = await gateway.EndpointAsync("recovering", "organization.created");
        recovering.Answer = (_, _) => Task.FromResult(500);
        await gateway.PostAsync(Some.Sample("organization.created"));
        await Eventually.TrueAsync(() => recovering.Arrivals.Count >= 1, "the first attempt is made");
        recovering.Answer = (_, _) => Task.FromResult(200);

        var retried = await gateway.RunAsync("endpoints", "retry", "recovering");
        await Eventually.TrueAsync(() => recovering.TakenCount == 1, "the delivery arrives");
        var list = await gateway.RunAsync("endpoints");
        await gateway.JsonAsync("endpoints", "pause", "recovering");
        var whilePaused = await gateway.RunAsync("endpoints", "retry", "recovering");

        Assert.Equal([0, 0, 1], new[] { retried, list, whilePaused }.Select(run => run.ExitCode));
        Assert.Contains("Health", list.Output, StringComparison.Ordinal);
        Assert.Contains("paused", whilePaused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Previous_secret_signs_until_the_rotation_is_finished()
    {
        var path = await gateway.EndpointAsync("rotating", "user.status.changed");

        var newSecret = Secret(await gateway.JsonAsync("endpoints", "rotate-secret", "rotating"));
        await gateway.PostAsync(Some.Sample("user.status.changed"));
        await Eventually.TrueAsync(() => path.TakenCount == 1, "the first delivery arrives");
        await gateway.JsonAsync("endpoints", "finish-rotation", "rotating");
        await gateway.RunAsync("replay", "--event", await gateway.NewestAsync("user.status.changed"), "--endpoint", "rotating");
        await Eventually.TrueAsync(() => path.TakenCount == 2, "the second delivery arrives");

        Assert.NotEqual(SinkPath.DefaultSecret, newSecret);
        Assert.Equal(
            new[] { SinkPath.DefaultSecret, newSecret }.Select((secret, index) => Signatures.OfHelpScout(path.Arrivals[index].Body, secret)),
            path.Arrivals.Select(arrival => arrival.Headers["X-HelpScout-Signature"]));
        Assert.Equal("my-own-secret", Secret(await gateway.JsonAsync("endpoints", "rotate-secret", "rotating", "--secret", "my-own-secret")));
    }

    [Theory]
    [InlineData(200, 0, "delivered")]
    [InlineData(503, 1, "rejected")]
    public async Task Test_reports_whether_the_endpoint_accepts(int status, int exitCode, string outcome)
    {
        var path = await gateway.EndpointAsync($"tested-{status}", "organization.created");
        path.Answer = (_, _) => Task.FromResult(status);

        var run = await gateway.RunAsync("endpoints", "test", $"tested-{status}", "--json");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(outcome, run.Json.GetProperty("outcome").GetString());
        Assert.Single(path.Arrivals);
    }

    [Fact]
    public async Task Deleted_endpoint_is_gone()
    {
        await gateway.EndpointAsync("deleted", "organization.deleted");

        var deleted = await gateway.RunAsync("endpoints", "delete", "deleted");
        var again = await gateway.RunAsync("endpoints", "delete", "deleted");

        Assert.Equal((0, "Deleted.\n"), (deleted.ExitCode, deleted.Output));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("There is no endpoint deleted", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_address_stays_on_the_line_of_its_endpoint()
    {
        var url = $"https://example.com/{new string('x', 200)}";
        await gateway.JsonAsync("endpoints", "create", "--name", "far-away", "--url", url, "--events", "rating.created");

        var run = await gateway.RunAsync("endpoints");

        Assert.Single(run.Output.Split('\n'), line =>
            line.Contains("far-away", StringComparison.Ordinal) && line.Contains(url, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "--url must ", "create", "--url", "ftp://example.com/")]
    [InlineData(2, "--events must ", "create", "--url", "https://example.com/", "--events", "*.*")]
    [InlineData(2, "--mailboxes: a is not", "create", "--url", "https://example.com/", "--mailboxes", "1,a")]
    [InlineData(2, "secret: ", "create", "--url", "https://example.com/", "--secret", "whsec_hush")]
    [InlineData(1, "There is no endpoint nobody", "change", "nobody", "--name", "x")]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["endpoints", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_may_pause_but_not_create_and_a_name_is_unique()
    {
        var key = await gateway.KeyAsync("operator");
        await gateway.EndpointAsync("kept", "beacon.chat.created");

        var paused = await gateway.RunWithAsync(key, "endpoints", "pause", "kept");
        var created = await gateway.RunWithAsync(key, "endpoints", "create", "--url", "https://example.com/refused");
        var taken = await gateway.RunAsync("endpoints", "create", "--name", "kept", "--url", "https://example.com/");
        var nothing = await gateway.RunAsync("endpoints", "change", "kept");

        Assert.Equal([0, 1, 1, 2], new[] { paused, created, taken, nothing }.Select(run => run.ExitCode));
        Assert.Contains("role", created.Error, StringComparison.Ordinal);
        Assert.Contains("taken", taken.Error, StringComparison.Ordinal);
    }

    private static string Secret(JsonElement endpoint) => endpoint.GetProperty("secret").GetString()!;
}
