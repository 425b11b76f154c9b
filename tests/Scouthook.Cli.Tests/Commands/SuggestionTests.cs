using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Mistyped commands, options and event types.</summary>
public sealed class SuggestionTests
{
    [Theory]
    [InlineData("scouthook: Unrecognized command 'evnts'. Did you mean events?", "evnts", "--since", "2h")]
    [InlineData("scouthook events: Unrecognized option '--sinc'. Did you mean --since?", "events", "--sinc", "2h")]
    [InlineData("scouthook events: Unrecognized option '--boddy'. Did you mean --body?", "events", "01890000-0000-7000-8000-000000000000", "--boddy")]
    [InlineData("scouthook deliveries: Unrecognized command 'rety'. Did you mean retry?", "deliveries", "rety", "1a2b3c4d")]
    [InlineData("scouthook webhooks: Unrecognized command 'frobnicate'.", "webhooks", "frobnicate")]
    [InlineData("scouthook deliveries retry: <id> is required.", "deliveries", "retry")]
    [InlineData("scouthook sources secrets: A command is required: add or end.", "sources", "secrets")]
    [InlineData("scouthook webhooks delete: 'x' is not valid for <id>; it must be a whole number.", "webhooks", "delete", "x")]
    [InlineData("scouthook keys create: 'root' is not valid for --role; it must be viewer, operator or admin.", "keys", "create", "--name", "x", "--role", "root")]
    [InlineData("Did you mean convo.created? ", "emit", "convo.craeted", "--to", "http://127.0.0.1:1/", "--secret", "s")]
    public async Task Usage_error_names_the_mistake_and_what_was_probably_meant(string expected, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Note: convo.asigned matches no known event type. Did you mean convo.assigned", "events", "--type", "convo.asigned,tag.*")]
    [InlineData("Note: coonvo.* matches no known event type. Did you mean convo.*", "deliveries", "--type", "coonvo.*")]
    [InlineData("Note: nothing.like.that matches no known event type.", "replay", "--type", "nothing.like.that")]
    [InlineData("Note: conversation matches no known event type. Did you mean conversations", "endpoints", "create", "--url", "http://x.example/", "--events", "conversation")]
    public async Task Pattern_that_matches_no_known_event_is_noted(string expected, params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--api", "http://127.0.0.1:1", "--key", "k"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tag.*", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_patterns_are_not_noted()
    {
        var run = await RunAsync("events", "--type", "scouthook.*,customers,tag.created,*", "--api", "http://127.0.0.1:1", "--key", "k");

        Assert.DoesNotContain("Note:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_secret_names_every_way_to_set_it()
    {
        using var folder = new Folder();

        var emit = await RunAsync("emit", "all", "--to", "http://127.0.0.1:1/");
        var serve = await RunAsync("serve", "--config", await ConfigAsync(folder), "--data", folder["data"]);

        Assert.All([emit, serve], run =>
        {
            Assert.Equal(2, run.ExitCode);
            Assert.All(
                ["--secret", "SCOUTHOOK_SECRET", "Scouthook:Sources:default:Secrets"],
                way => Assert.Contains(way, run.Error, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("endpoints", "pause", "endpoints pause <endpoint> [options]")]
    [InlineData("replay", "show", "replay show <id> [options]")]
    public async Task Help_shows_the_argument_of_its_own_command(string command, string subcommand, string expected)
    {
        var run = await RunAsync(command, subcommand, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> ConfigAsync(Folder folder)
    {
        await File.WriteAllTextAsync(folder["scouthook.json"], "{}", TestContext.Current.CancellationToken);
        return folder["scouthook.json"];
    }
}
