using System.Text.Json;
using Scouthook.Cli.Tests.Support;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Manages the registrations in the emulator.</summary>
public sealed class WebhooksCommandTests
{
    private const string Url = "https://example.com/webhook";
    private const string Secret = "the-secret-of-the-source";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_shows_every_registration()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var all = account.HelpScout.AddWebhook(Url, Secret);
        var one = account.HelpScout.AddWebhook(new WebhookDefinition
        {
            Url = "https://two.example.com/", Secret = Secret, Events = ["convo.created"], MailboxIds = [7, 8], Label = "CRM", Notification = true,
        });
        account.HelpScout.Disable(one.Id);

        var table = await account.RunAsync("list");
        var json = (await account.RunAsync("list", "--json")).Json;

        Assert.Equal(0, table.ExitCode);
        Assert.Matches($@"{all.Id} .*enabled .*{Url} .*all 26 .*all .*V2", table.Output);
        Assert.Matches($@"{one.Id} .*disabled .*CRM .*https://two.example.com/ .*convo.created .*7, 8 .*V2, URI only", table.Output);
        Assert.Equal(
            $$"""{"id":{{one.Id}},"url":"https://two.example.com/","events":["convo.created"],"state":"disabled","label":"CRM","payloadVersion":"V2","notification":true,"mailboxIds":[7,8]}""",
            json.EnumerateArray().Last().GetRawText());
    }

    [Fact]
    public async Task Created_registration_signs_with_the_generated_secret_that_is_shown_once()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var receiver = await Receiver.StartAsync();

        var run = await account.RunAsync("create", "--url", receiver.Address, "--all-events", "--mailbox", "7", "--label", "CRM");

        var secret = run.Output.Split('\n').Single(line => line.StartsWith("Secret: ", StringComparison.Ordinal))["Secret: ".Length..];
        var webhook = account.HelpScout.Webhooks.Single();
        await account.HelpScout.SendTestEventAsync(webhook.Id, Cancellation);
        Assert.Equal((0, 40), (run.ExitCode, secret.Length));
        Assert.Contains("Scouthook:Sources:default:Secrets:0", run.Output, StringComparison.Ordinal);
        Assert.Contains("Warning: the URL is http", run.Error, StringComparison.Ordinal);
        Assert.Equal((25, "CRM"), (webhook.Events.Count, webhook.Label));
        Assert.Equal([7], webhook.MailboxIds);
        Assert.Equal(SignatureVerification.Valid, receiver.Requests.Single().Verify(secret));
    }

    [Fact]
    public async Task Created_registration_uses_the_secret_of_the_source_if_there_is_one()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var receiver = await Receiver.StartAsync();

        var run = await account.RunAsync(["create", "--url", receiver.Address, "--event", "convo.created,tag.created", "--json"], Secret);

        await account.HelpScout.SendTestEventAsync(account.HelpScout.Webhooks.Single().Id, Cancellation);
        Assert.Equal(["id", "url"], run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["convo.created", "tag.created"], account.HelpScout.Webhooks.Single().Events);
        Assert.Equal(SignatureVerification.Valid, receiver.Requests.Single().Verify(Secret));
    }

    [Theory]
    [InlineData("Pass --url", "create", "--all-events")]
    [InlineData("Pass --event", "create", "--url", Url)]
    [InlineData("--url must be an absolute URL", "create", "--url", "example.com", "--all-events")]
    [InlineData("convo.* must be the name of an event", "create", "--url", Url, "--event", "convo.*")]
    [InlineData("not both", "create", "--url", Url, "--event", "convo.created", "--all-events")]
    [InlineData("Nothing to change", "update", "10")]
    [InlineData("No secret given", "update", "10", "--url", Url)]
    [InlineData("Pass --yes", "delete", "10")]
    [InlineData("No registrations are declared", "apply")]
    [InlineData("'ten' is not valid for <id>; it must be a whole number.", "delete", "ten")]
    [InlineData("There is no source europe", "list", "--source", "europe")]
    [InlineData("There is no file", "list", "--config", "/does/not/exist.json")]
    public async Task Wrong_usage_exits_with_2_and_changes_nothing(string message, params string[] arguments)
    {
        await using var account = await EmulatedAccount.StartAsync();

        var run = await account.RunAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(account.HelpScout.Webhooks);
    }

    [Fact]
    public async Task Field_that_Help_Scout_rejects_is_named_and_the_secret_is_not_shown()
    {
        await using var account = await EmulatedAccount.StartAsync();

        var run = await account.RunAsync("create", "--url", Url, "--event", "convo.invented", "--secret", Secret);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("\nscouthook webhooks create: Help Scout responded with 400.", run.Error, StringComparison.Ordinal);
        Assert.Contains("events: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_changes_only_what_is_given_and_sends_the_secret_again()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var before = account.HelpScout.AddWebhook(new WebhookDefinition
        {
            Url = Url, Secret = "old", Events = ["convo.created"], MailboxIds = [7], Label = "CRM",
        });

        var run = await account.RunAsync(["update", $"{before.Id}", "--url", receiver.Address, "--all-mailboxes", "--json"], Secret);

        await account.HelpScout.SendTestEventAsync(before.Id, Cancellation);
        Assert.Equal(receiver.Address, run.Json.GetProperty("url").GetString());
        Assert.Equal(
            JsonSerializer.Serialize(before with { Url = receiver.Address, MailboxIds = [] }),
            JsonSerializer.Serialize(account.HelpScout.Webhooks.Single() with { DeliveryLog = [] }));
        Assert.Equal(SignatureVerification.Valid, receiver.Requests.Single().Verify(Secret));
    }

    [Fact]
    public async Task Deleted_registration_is_gone_and_a_missing_one_fails()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Url, Secret).Id;

        var deleted = await account.RunAsync("delete", $"{id}", "--yes");
        var again = await account.RunAsync("delete", $"{id}", "--yes");

        Assert.Equal((0, 1), (deleted.ExitCode, again.ExitCode));
        Assert.Contains($"There is no registration {id}.", again.Error, StringComparison.Ordinal);
        Assert.Empty(account.HelpScout.Webhooks);
    }

    [Fact]
    public async Task Enabled_registration_signs_with_the_secret_from_the_configuration()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        using var secret = new TemporaryFile("from-a-file\n"u8.ToArray());
        using var config = Configuration($$"""
            {"Scouthook": {"Sources": {"europe": {"Path": "/eu", "Secrets": [{"File": "{{secret.Path}}"}, "previous"], "HelpScout": { {{account.Connection}} } } } } }
            """);
        var id = account.HelpScout.AddWebhook(receiver.Address, "old", "convo.created").Id;
        account.HelpScout.Disable(id);
        string[] enable = ["webhooks", "enable", $"{id}", "--config", config.Path, "--source", "europe"];

        var enabled = await ScouthookProcess.RunAsync(enable);
        var again = await ScouthookProcess.RunAsync(enable);

        await account.HelpScout.SendTestEventAsync(id, Cancellation);
        Assert.Equal(($"Enabled registration {id}.\n", $"Registration {id} is already enabled.\n"), (enabled.Output, again.Output));
        Assert.Equal(SignatureVerification.Valid, receiver.Requests.Single().Verify("from-a-file"));
    }

    [Fact]
    public async Task Registration_with_an_event_that_the_API_does_not_accept_is_left_as_it_is()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Url, Secret).Id;
        account.HelpScout.Disable(id);

        var run = await account.RunAsync(["enable", $"{id}"], Secret);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Enable it there: Manage > Apps > Webhooks.", run.Error, StringComparison.Ordinal);
        Assert.Equal(26, account.HelpScout.Webhooks.Single().Events.Count);
    }

    [Fact]
    public async Task Check_warns_about_a_misspelt_event_and_about_registrations_that_call_the_same_URL()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (one, two) = (account.HelpScout.AddWebhook(Url, Secret).Id, account.HelpScout.AddWebhook(Url, Secret).Id);

        var run = await account.RunAsync("check", "--url", Url, "--event", "convo.creatd");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("convo.creatd is not one of the 26 events. Did you mean convo.created?", run.Error, StringComparison.Ordinal);
        Assert.Contains($"registrations {one}, {two} all call {Url}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_names_the_event_that_the_API_does_not_accept()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Url, Secret).Id;

        var run = await account.RunAsync(["update", $"{id}", "--label", "CRM"], Secret);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Registration {id} sends convo.ai-answers.created, which the API does not accept.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_credentials_are_named_and_wrong_ones_fail()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var wrong = new TemporaryFile("not-the-client-secret"u8.ToArray());

        var missing = await ScouthookProcess.RunAsync("webhooks", "list");
        var rejected = await account.RunAsync("list", "--client-secret-file", wrong.Path);

        Assert.Equal((2, 1), (missing.ExitCode, rejected.ExitCode));
        Assert.Contains("SCOUTHOOK_HELPSCOUT_CLIENT_ID", missing.Error, StringComparison.Ordinal);
        Assert.Contains("client secret is wrong", rejected.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-client-secret", rejected.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_in_the_settings_of_the_source_is_listed()
    {
        using var config = Configuration("""
            {"Scouthook": {"Sources": {"default": {"HelpScout": {"ClientId": "x", "Pol": 1, "Webhooks": {"crm": {"Url": "x"}}}}}}}
            """);

        var run = await ScouthookProcess.RunAsync("webhooks", "list", "--config", config.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.All(
            ["HelpScout:ClientSecret is not set", "Or set SCOUTHOOK_HELPSCOUT_CLIENT_SECRET.", "HelpScout:Pol is not a setting", "HelpScout:Webhooks:crm:Url must be"],
            mistake => Assert.Contains(mistake, run.Error, StringComparison.Ordinal));
    }

    private static TemporaryFile Configuration(string json) => new(System.Text.Encoding.UTF8.GetBytes(json));
}
