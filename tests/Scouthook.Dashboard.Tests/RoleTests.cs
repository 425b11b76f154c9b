using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>What each role sees in the browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class RoleTests(DashboardFixture dashboard)
{
    private const string Actions =
        "#content button:not([data-copy]):not([aria-pressed]), #content a:text('New endpoint'), #content a:text('Edit'), #content form";

    [Fact]
    public async Task Viewer_sees_no_body_and_nothing_to_change()
    {
        var sent = Some.Sample("convo.agent.reply.created");
        var preview = (string)JsonNode.Parse(sent.Body)!["preview"]!;
        await dashboard.Gateway.PostAsync(sent);
        await using var page = await dashboard.SignInAsync(dashboard.ViewerKey);
        var texts = new List<string>();

        foreach (var address in (await dashboard.PagesAsync()).Except(["keys", "audit", "endpoints/new"]))
        {
            await page.GoAsync(address);
            var actions = await page.Page.Locator(Actions).AllInnerTextsAsync();
            Assert.True(actions.All(OnlyReads), $"{address}: {string.Join(", ", actions)}");
            texts.Add(await page.Content.InnerTextAsync());
        }

        var id = await dashboard.NewestAsync("events", "type=convo.agent.reply.created");
        var body = await page.Page.EvaluateAsync<int>("async address => (await fetch(address)).status", $"events/{id}/body");
        Assert.Equal((int)HttpStatusCode.Forbidden, body);
        Assert.DoesNotContain(texts, text => text.Contains(preview, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Bodies and messages are visible to operators", StringComparison.Ordinal));
    }

    private static bool OnlyReads(string action) => action.StartsWith("Load older", StringComparison.Ordinal) || action is "Find";

    [Theory]
    [InlineData("keys")]
    [InlineData("audit")]
    [InlineData("endpoints/new")]
    public async Task Page_for_administrators_shows_an_operator_why_it_is_empty(string address)
    {
        await using var page = await dashboard.SignInAsync(dashboard.OperatorKey);

        await page.GoAsync(address);

        await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Alert).Filter(new() { HasText = "admin" }));
        Assert.Equal(0, await page.Content.Locator("table, form").CountAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var page = await dashboard.SignInAsync();

        await page.ClickAsync("Sign out");
        await OpenPage.SeesAsync(page.Page.GetByLabel("API key"));
        await page.Page.GotoAsync("events");

        Assert.StartsWith("/sign-in", new Uri(page.Page.Url).AbsolutePath, StringComparison.Ordinal);
    }
}
