using System.Text;
using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Lists and shows the events of a gateway.</summary>
public sealed class EventsCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>, IAsyncLifetime
{
    private const int Conversations = 60;
    private const int All = Conversations + 2;
    private const string Unreadable = "{\"id\":1,\"preview\":\"Grüße 🎉\\/";
    private const string UnknownId = "01890000-0000-7000-8000-000000000000";

    public async ValueTask InitializeAsync()
    {
        if ((await gateway.Gateway.Client.EventsAsync("limit=500")).Count > 0)
        {
            return;
        }

        foreach (var sent in Some.Events(Conversations))
        {
            await gateway.PostAsync(sent);
        }

        await gateway.PostAsync(Some.Sample("tag.created"));
        await gateway.PostAsync(new SentEvent("convo.created", Encoding.UTF8.GetBytes(Unreadable)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Newest_events_come_first_and_a_truncated_list_says_so()
    {
        var byDefault = await gateway.RunAsync("events", "--json");
        var two = await gateway.RunAsync("events", "--limit", "2", "--json");
        var all = await gateway.RunAsync("events", "--all", "--json");

        Assert.Equal([50, 2, All], new[] { byDefault, two, all }.Select(run => run.Json.GetArrayLength()));
        Assert.Equal(Sequences(all).OrderDescending(), Sequences(all));
        Assert.Equal(Sequences(all).Take(2), Sequences(two));
        Assert.All([byDefault, two], run => Assert.Contains("To show more, use --limit or --all.", run.Error, StringComparison.Ordinal));
        Assert.Empty(all.Error);
    }

    [Theory]
    [InlineData(Conversations, "--type", "convo.status, customer.*", "--source", "default")]
    [InlineData(1, "--resource", "conversation:4000000007")]
    [InlineData(1, "--state", "unreadable")]
    [InlineData(0, "--delivery-state", "pending")]
    [InlineData(All, "--since", "2020-01-01", "--until", "2120-01-01T00:00:00Z")]
    [InlineData(1, "--q", "4000000007")]
    public async Task Filters_reach_the_gateway(int found, params string[] filters)
    {
        var events = await gateway.JsonAsync(["events", "--all", .. filters]);

        Assert.Equal(found, events.GetArrayLength());
    }

    [Fact]
    public async Task Table_never_wraps_an_id()
    {
        var id = await gateway.NewestAsync("tag.created");

        var run = await gateway.RunAsync("events", "--type", "tag.created");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Output.Split('\n'), line => line.Contains(" tag.created ", StringComparison.Ordinal)
            && line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_is_shown_with_its_headers_and_its_body_byte_for_byte()
    {
        var id = await gateway.NewestAsync("convo.created");

        var shown = await gateway.JsonAsync("events", id);
        var text = await gateway.RunAsync("events", id);
        var body = await gateway.RunAsync("events", id, "--body");

        Assert.Equal("unreadable", shown.GetProperty("state").GetString());
        Assert.Contains(shown.GetProperty("headers").EnumerateArray(), header =>
            header.GetProperty("name").GetString() == "X-HelpScout-Signature");
        Assert.Contains(id, text.Output, StringComparison.Ordinal);
        Assert.Equal(Unreadable, body.Output);
    }

    [Fact]
    public async Task Csv_contains_every_match()
    {
        var run = await gateway.RunAsync("events", "--type", "convo.*", "--csv");

        var lines = run.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("id,sequence,", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(Conversations + 1, lines.Length - 1);
    }

    [Theory]
    [InlineData(1, "There is no such event", UnknownId)]
    [InlineData(2, "is not the id of an event", "0189000")]
    [InlineData(2, "--body", "--body")]
    [InlineData(2, "can't be combined with filters", UnknownId, "--type", "tag.*")]
    [InlineData(2, "--limit", "--limit", "0")]
    [InlineData(2, "not both", "--limit", "3", "--all")]
    [InlineData(2, "--state must be", "--state", "odd")]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["events", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_sees_events_but_no_bodies()
    {
        var key = await gateway.KeyAsync("viewer");
        var id = await gateway.NewestAsync("convo.created");

        var list = await gateway.RunWithAsync(key, "events", "--all", "--json");
        var body = await gateway.RunWithAsync(key, "events", id, "--body");

        Assert.Equal(All, list.Json.GetArrayLength());
        Assert.Equal((1, ""), (body.ExitCode, body.Output));
        Assert.Contains("role", body.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<long> Sequences(Finished run) =>
        run.Json.EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64());
}
