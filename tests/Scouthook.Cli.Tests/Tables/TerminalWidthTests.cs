using Scouthook.Cli.Tests.Support;
using Spectre.Console;

namespace Scouthook.Cli.Tests.Tables;

/// <summary>Runs the lists of the tool on real terminals.</summary>
public sealed class TerminalWidthTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>, IAsyncLifetime
{
    private const string Endpoint = "an-endpoint-with-a-name-that-is-longer-than-any-column";

    private string _eventId = "";

    public async ValueTask InitializeAsync()
    {
        if ((await gateway.Gateway.Client.EventsAsync("limit=1")).Count == 0)
        {
            var path = await gateway.EndpointAsync(Endpoint, "convo.*");
            path.Answer = (_, _) => Task.FromResult(500);
            await gateway.PostAsync(new("tag.created", "not JSON"u8.ToArray()));
            await gateway.PostAsync(Some.Sample("convo.customer.reply.created"));
            await gateway.Gateway.Client.DeliveryAsync(Endpoint, "deadLettered");
            await gateway.JsonAsync("replay", "--type", "convo.*", "--endpoint", Endpoint);
        }

        _eventId = await gateway.NewestAsync("convo.customer.reply.created");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Lists_fit_the_terminal(int columns)
    {
        string[][] lists = [["events"], ["deliveries"], ["endpoints"], ["sources"], ["keys"], ["replay", "list"]];
        foreach (var list in lists)
        {
            var lines = await gateway.OnTerminalAsync(columns, list);

            Assert.True(lines.Count(line => line.Length > 0) >= 2, $"{list[0]} shows a heading and a row");
            Assert.All(lines, line => Assert.True(line.Length <= columns, $"{list[0]} at {columns}: {line}"));
        }
    }

    [Fact]
    public async Task Unreadable_events_fit_a_narrow_terminal_beside_titles()
    {
        var lines = await gateway.OnTerminalAsync(80, "events");

        Assert.Contains(lines, line => line.Contains("  unreadable  ", StringComparison.Ordinal));
        Assert.Contains(" Title ", lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.GetCellWidth() <= 80, line));
    }

    [Fact]
    public async Task Values_to_copy_are_written_below_their_label_if_they_do_not_fit_beside_it()
    {
        var key = await gateway.OnTerminalAsync(80, "keys", "create", "--role", "viewer", "--name", "below");
        var secret = await gateway.OnTerminalAsync(80, "sources", "secrets", "add", "default");

        Assert.Contains("  Key", key);
        Assert.Contains(key, line => line.StartsWith("    shk_", StringComparison.Ordinal) && line.Length == 72);
        Assert.Contains("scouthook sources secrets end default FINGERPRINT --at 48h", secret);
        Assert.All(key.Concat(secret), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Wide_terminal_shows_columns_that_a_narrow_one_leaves_out()
    {
        var narrow = await gateway.OnTerminalAsync(80, "deliveries");
        var wide = await gateway.OnTerminalAsync(160, "deliveries");

        Assert.DoesNotContain(" Attempts", narrow[0], StringComparison.Ordinal);
        Assert.Contains(" Attempts", wide[0], StringComparison.Ordinal);
        Assert.All([narrow, wide], lines => Assert.Contains("(UTC)", lines[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_and_commands_are_not_broken_into_lines()
    {
        var key = await gateway.OnTerminalAsync(80, "keys", "create", "--role", "viewer", "--name", "whole");
        var endpoint = await gateway.OnTerminalAsync(80, "endpoints", Endpoint);
        var rotated = await gateway.OnTerminalAsync(80, "endpoints", "rotate-secret", Endpoint);

        Assert.Contains(key, line => line.Split(' ')[^1] is ['s', 'h', 'k', '_', ..] whole && whole.Length == 68);
        Assert.Contains("The key is not shown again.", key);
        Assert.Contains(endpoint, line => line.EndsWith($"scouthook deliveries --endpoint {Endpoint}", StringComparison.Ordinal));
        Assert.Contains(rotated, line => line.Contains($"scouthook endpoints finish-rotation {Endpoint}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sign")]
    [InlineData("migrate")]
    [InlineData("listen")]
    [InlineData("webhooks", "list")]
    [InlineData("webhooks", "check")]
    [InlineData("webhooks", "create")]
    public async Task Help_fits_the_terminal(params string[] command)
    {
        var lines = await gateway.OnTerminalAsync(80, [.. command, "--help"]);

        Assert.Contains("Examples:", lines);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Suggested_commands_name_the_failed_delivery_and_quote_names()
    {
        var failed = (await gateway.JsonAsync("deliveries", "--endpoint", Endpoint, "--state", "deadLettered"))[0].GetProperty("id").GetString()!;
        var shown = await gateway.OnTerminalAsync(120, "events", _eventId);
        var created = await gateway.OnTerminalAsync(80, "endpoints", "create", "--name", "Ada's team", "--url", "https://example.com/", "--events", "tag.created");

        Assert.Contains(shown, line => line.EndsWith($"scouthook deliveries {failed[^8..]}", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.EndsWith($"scouthook replay --event {_eventId[^8..]} --endpoint {Endpoint}", StringComparison.Ordinal));
        Assert.Contains(@"scouthook endpoints test 'Ada'\''s team'", created);
    }

    [Fact]
    public async Task Short_id_of_a_list_is_accepted_as_an_argument()
    {
        var list = await gateway.OnTerminalAsync(80, "events");
        var shortId = list[1].Split(' ')[^1];

        var shown = await gateway.OnTerminalAsync(80, "events", shortId);
        var deliveries = await gateway.JsonAsync("deliveries", "--event", shortId);
        var deliveryId = deliveries[0].GetProperty("id").GetString()!;
        var delivery = await gateway.OnTerminalAsync(80, "deliveries", deliveryId[^8..]);

        Assert.Equal(_eventId[^8..], shortId);
        Assert.Contains(shown, line => line.Contains(_eventId, StringComparison.Ordinal));
        Assert.Contains(delivery, line => line.Contains(deliveryId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_shows_its_deliveries_and_headers_without_raw_JSON()
    {
        var lines = await gateway.OnTerminalAsync(80, "events", _eventId);

        Assert.Equal("convo.customer.reply.created", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("  Received", StringComparison.Ordinal) && line.Contains(" UTC (", StringComparison.Ordinal));
        Assert.Contains("Deliveries", lines);
        Assert.Contains(lines, line => line.StartsWith("  X-HelpScout-Signature: ", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(lines, line => line.Contains("{\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redirected_list_has_every_column_and_whole_ids()
    {
        var run = await gateway.RunAsync("events");

        Assert.Contains(_eventId, run.Output, StringComparison.Ordinal);
        Assert.Contains("Sequence", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("…", run.Output, StringComparison.Ordinal);
    }
}
