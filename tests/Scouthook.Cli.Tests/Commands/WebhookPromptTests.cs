using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>The questions of <c>scouthook webhooks</c> on a terminal.</summary>
public sealed class WebhookPromptTests
{
    private const string Url = "https://example.com/webhook";

    [Fact]
    public async Task Create_asks_for_the_URL_until_it_is_one_and_for_the_events()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var tool = account.OnTerminal("create");

        await tool.WaitForAsync("Public URL that Help Scout posts events to:");
        await tool.TypeAsync("example.com" + ToolOnTerminal.Enter);
        await tool.WaitForAsync("It must be an absolute URL");
        await tool.TypeAsync(Url + ToolOnTerminal.Enter);
        await tool.WaitForAsync("Events to send:");
        await tool.WaitForAsync("convo.assigned");

        // All are selected at first; this takes the first one away.
        await tool.TypeAsync(" " + ToolOnTerminal.Enter);
        var exitCode = await tool.EndAsync();

        var webhook = Assert.Single(account.HelpScout.Webhooks);
        Assert.Equal((0, Url, 24), (exitCode, webhook.Url, webhook.Events.Count));
        Assert.DoesNotContain("convo.assigned", webhook.Events);
        Assert.Contains($"Created registration {webhook.Id}", tool.Screen, StringComparison.Ordinal);
        Assert.Matches("Secret: [A-Za-z0-9_-]{40}", tool.Screen);
    }

    [Fact]
    public async Task Create_asks_only_for_what_is_missing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var tool = account.OnTerminal("create", "--event", "tag.created", "--secret", "the-secret-of-the-source");

        await tool.WaitForAsync("Public URL that Help Scout posts events to:");
        await tool.TypeAsync(Url + ToolOnTerminal.Enter);
        var exitCode = await tool.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(["tag.created"], Assert.Single(account.HelpScout.Webhooks).Events);
        Assert.DoesNotContain("Events to send:", tool.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", 1, 1, "Nothing was deleted.")]
    [InlineData("", 1, 1, "Nothing was deleted.")]
    [InlineData("y", 0, 0, "Deleted registration")]
    public async Task Delete_asks_first_and_deletes_only_after_a_yes(string answer, int exitCode, int remaining, string message)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Url, "secret").Id;
        await using var tool = account.OnTerminal("delete", $"{id}");

        await tool.WaitForAsync($"Delete registration {id}, which sends events to {Url}?");
        await tool.TypeAsync(answer + ToolOnTerminal.Enter);

        Assert.Equal(exitCode, await tool.EndAsync());
        Assert.Contains(message, tool.Screen, StringComparison.Ordinal);
        Assert.Equal(remaining, account.HelpScout.Webhooks.Count);
    }

    [Fact]
    public async Task Interrupt_at_a_question_ends_the_tool_and_registers_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await using var tool = account.OnTerminal("create");

        await tool.WaitForAsync("Public URL that Help Scout posts events to:");
        await tool.TypeAsync("\u0003");
        var exitCode = await tool.EndAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Empty(account.HelpScout.Webhooks);
        Assert.DoesNotContain("   at ", tool.Screen, StringComparison.Ordinal);
    }
}
