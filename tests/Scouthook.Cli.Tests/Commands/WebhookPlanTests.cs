using Scouthook.Cli.Tests.Support;
using Scouthook.Testing;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Compares the registrations in the emulator with what is declared: <c>check</c>, <c>plan</c> and <c>apply</c>.</summary>
public sealed class WebhookPlanTests
{
    private const string Url = "https://example.com/webhook";
    private const string Secret = "the-secret-of-the-source";

    [Fact]
    public async Task Apply_makes_the_registrations_as_declared_and_leaves_others_alone()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var config = Declared(account);
        var moved = account.HelpScout.AddWebhook(new WebhookDefinition
        {
            Url = "https://old.example.com/webhook", Secret = "old", Events = ["convo.created"], Label = "moved",
        });
        account.HelpScout.Disable(moved.Id);
        var foreign = account.HelpScout.AddWebhook("https://foreign.example.com/", "foreign");

        var plan = await RunAsync("plan", config);
        var unchanged = account.HelpScout.Webhooks;
        var apply = await RunAsync("apply", config);
        var after = await RunAsync("plan", config);
        var check = await RunAsync("check", config);

        Assert.Equal([0, 0, 0, 0], new[] { plan, apply, after, check }.Select(run => run.ExitCode));
        Assert.Contains($"create   new ({Url}): all 25", plan.Output, StringComparison.Ordinal);
        Assert.Contains($"update   moved (https://new.example.com/webhook), registration {moved.Id}:", plan.Output, StringComparison.Ordinal);
        Assert.Contains("It is disabled: Help Scout sends nothing.", plan.Output, StringComparison.Ordinal);
        Assert.Contains("It does not send tag.created.", plan.Output, StringComparison.Ordinal);
        Assert.Contains($"ignored  https://foreign.example.com/, registration {foreign.Id}: not declared", plan.Output, StringComparison.Ordinal);
        Assert.Equal(2, unchanged.Count);
        Assert.Contains($"Updated registration {moved.Id}: moved", apply.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing to change.\n", after.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["https://new.example.com/webhook True 2", "https://foreign.example.com/ True 26", $"{Url} True 25"],
            account.HelpScout.Webhooks.Select(webhook => $"{webhook.Url} {webhook.IsEnabled} {webhook.Events.Count}"));
    }

    [Fact]
    public async Task Plan_and_apply_write_one_line_of_JSON()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var config = Declared(account);

        var plan = (await RunAsync("plan", config, "--json")).Json;
        var apply = (await RunAsync("apply", config, "--json")).Json;
        var again = (await RunAsync("apply", config, "--json")).Json;

        Assert.Equal(["create", "create"], Actions(plan));
        Assert.Equal(["create", "create"], Actions(apply));
        Assert.Equal(["none", "none"], Actions(again));
        Assert.Equal(
            account.HelpScout.Webhooks.Select(webhook => webhook.Id),
            apply.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("id").GetInt64()));

        static IEnumerable<string?> Actions(System.Text.Json.JsonElement result) =>
            result.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("action").GetString());
    }

    [Fact]
    public async Task Check_reports_a_disabled_registration_in_words_and_exits_with_1()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Url, Secret).Id;

        var good = await account.RunAsync("check");
        account.HelpScout.Disable(id);
        var bad = await account.RunAsync("check");
        var json = await account.RunAsync("check", "--json");

        Assert.Equal((0, 1, 1), (good.ExitCode, bad.ExitCode, json.ExitCode));
        Assert.Equal($"Registration {id} ({Url}) is in order.\n", good.Output);
        Assert.Contains("It is disabled: Help Scout sends nothing.", bad.Output, StringComparison.Ordinal);
        Assert.Contains($"scouthook webhooks enable {id}", bad.Output, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("ok").GetBoolean());
        Assert.Equal("disabled", json.Json.GetProperty("registrations")[0].GetProperty("differences")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData(0, "is in order", "--url", Url)]
    [InlineData(0, "is in order", "--url", Url, "--event", "convo.created")]
    [InlineData(1, "It does not send tag.created.", "--url", Url, "--event", "convo.created", "tag.created")]
    [InlineData(1, "No registration calls https://another.example.com/.", "--url", "https://another.example.com/")]
    [InlineData(1, "No registration calls a URL that ends with /webhook/europe.", "--source", "europe")]
    public async Task Check_compares_with_the_options(int exitCode, string message, params string[] options)
    {
        await using var account = await EmulatedAccount.StartAsync();
        account.HelpScout.AddWebhook(Url, Secret, "convo.created");
        using var config = new TemporaryFile("""{"Scouthook": {"Sources": {"europe": {"Secrets": ["x"]}}}}"""u8.ToArray());

        var run = await account.RunAsync(["check", "--config", config.Path, .. options]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    private static TemporaryFile Declared(EmulatedAccount account) => new(System.Text.Encoding.UTF8.GetBytes($$"""
        {
          "Scouthook": {
            "Sources": {
              "default": {
                "Secrets": [ "{{Secret}}" ],
                "HelpScout": {
                  {{account.Connection}},
                  "Webhooks": {
                    "moved": { "Url": "https://new.example.com/webhook", "Events": [ "convo.created", "tag.created" ] },
                    "new": { "Url": "{{Url}}" }
                  }
                }
              }
            }
          }
        }
        """));

    private static Task<Finished> RunAsync(string command, TemporaryFile config, params string[] options) =>
        ScouthookProcess.RunAsync(["webhooks", command, "--config", config.Path, .. options]);
}
