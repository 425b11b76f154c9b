using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>Endpoints by hand: created, tested, rotated, and repaired after a failure.</summary>
[Collection(DashboardCollection.Name)]
public sealed partial class EndpointTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task New_endpoint_gets_events_and_shows_each_attempt()
    {
        var sink = dashboard.Sink["byhand"];
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync("endpoints");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "New endpoint" }).ClickAsync();
        await page.SeesHeadingAsync("New endpoint");
        await page.Page.GetByLabel("URL", new() { Exact = true }).FillAsync(sink.Url);
        await page.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("byhand");
        await page.Page.GetByLabel("Events", new() { Exact = true }).FillAsync("convo.status");
        await page.ClickAsync("Create");
        await page.SeesAsync("byhand was created");
        sink.Secret = await SecretAsync(page);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the endpoint" }).ClickAsync();
        await page.SeesHeadingAsync("byhand");

        await page.ClickAsync("Send a test");
        await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Heading, new() { NameRegex = TestDelivered() }));
        await page.Page.WaitForFunctionAsync("() => document.activeElement?.textContent === 'Send a test'");
        var sent = Some.Event(820_001);
        await dashboard.Gateway.PostAsync(sent);
        var row = page.Content.Locator("tr[data-row]");
        await row.First.WaitForAsync();
        await OpenPage.SeesAsync(row.First.GetByText("delivered", new() { Exact = true }));
        await row.First.GetByRole(AriaRole.Link).ClickAsync();
        await page.SeesAsync("Attempt 1");

        await OpenPage.SeesAsync(page.Content.Locator("details[open]").GetByText("200"));
        Assert.Equal(sent.Body, sink.Taken[^1].Body);
        Assert.True(sink.Taken[^1].IsSigned);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Mistake_in_a_form_is_explained_at_its_field()
    {
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync("endpoints/new");

        await page.Page.GetByLabel("URL", new() { Exact = true }).FillAsync("https://crm.example.com/hooks");
        await page.Page.GetByLabel("Events", new() { Exact = true }).FillAsync("convo*");
        await page.ClickAsync("Create");

        await OpenPage.SeesAsync(page.Content.Locator(".field", new() { Has = page.Page.GetByLabel("Events", new() { Exact = true }) }).GetByRole(AriaRole.Alert));
        await page.FocusesAsync("#events");
        Assert.Equal(0, await page.Page.Locator(".mud-snackbar").CountAsync());
        await Axe.AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task Rotated_secret_signs_at_once_and_alone_after_the_rotation_is_finished()
    {
        var sink = dashboard.Sink["rotated"];
        var id = (string)(await dashboard.CreateEndpointAsync("rotated", sink, "convo.status"))["id"]!;
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync($"endpoints/{id}");

        await page.ClickAsync("Rotate…");
        await page.ConfirmAsync("Rotate");
        await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Heading, new() { Name = "New secret" }));
        sink.Secret = await SecretAsync(page);
        await page.ClickAsync("Finish rotation");
        await page.ConfirmAsync("Finish");
        await OpenPage.SeesAsync(page.Page.GetByText("Only the newest secret signs now."));
        await dashboard.Gateway.PostAsync(Some.Event(820_002));
        await Eventually.TrueAsync(() => sink.TakenCount == 1, "the event is delivered");

        Assert.NotEqual(SinkPath.DefaultSecret, sink.Secret);
        Assert.True(sink.Taken[0].IsSigned);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Dead_letters_of_an_endpoint_are_replayed_to_the_end()
    {
        const int count = 12;
        var sink = dashboard.Sink["repaired"];
        sink.Answer = (_, _) => Task.FromResult(503);
        var id = (string)(await dashboard.CreateEndpointAsync("repaired", sink, "convo.status"))["id"]!;
        foreach (var sent in Some.Events(count, from: 820_100))
        {
            await dashboard.Gateway.PostAsync(sent);
        }

        await Eventually.AnswersTrueAsync(
            async () => (await dashboard.Gateway.Client.DeliveriesAsync($"endpoint={id}&state=deadLettered")).Count == count,
            "all deliveries are dead letters");
        sink.Answer = (_, _) => Task.FromResult(200);
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync("dead-letters");

        await page.Page.GetByLabel("Endpoint").SelectOptionAsync(new SelectOptionValue { Label = "repaired" });
        await page.ClickAsync("Replay all dead letters of repaired");
        await page.ConfirmAsync("Replay all");
        await page.SeesHeadingAsync("dead letters of repaired");
        await OpenPage.SeesAsync(page.Content.Locator(".lead").GetByText("done"));
        await Eventually.TrueAsync(() => sink.TakenCount == count, "all dead letters are delivered");

        await page.SeesAsync($"{count} deliveries added");
        Assert.Equal("1", await page.Content.Locator("progress").GetAttributeAsync("value"));
        await page.GoAsync($"dead-letters?endpoint={id}");
        await page.SeesAsync("There are no dead letters here.");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Paused_endpoint_gets_nothing_until_it_is_resumed()
    {
        var sink = dashboard.Sink["paused"];
        var id = (string)(await dashboard.CreateEndpointAsync("paused", sink, "convo.status"))["id"]!;
        await using var page = await dashboard.SignInAsync(dashboard.OperatorKey);
        await page.GoAsync($"endpoints/{id}");

        await page.ClickAsync("Pause");
        await OpenPage.SeesAsync(page.Content.Locator(".health").GetByText("paused"));
        await dashboard.Gateway.PostAsync(Some.Event(820_200));
        await OpenPage.SeesAsync(page.Content.Locator("tr[data-row]").GetByText("pending", new() { Exact = true }));
        var whilePaused = sink.TakenCount;
        await page.ClickAsync("Resume");
        await OpenPage.SeesAsync(page.Content.Locator("tr[data-row]").GetByText("delivered", new() { Exact = true }));

        Assert.Equal((0, 1), (whilePaused, sink.TakenCount));
    }

    private static async Task<string> SecretAsync(OpenPage page) =>
        await page.Content.Locator(".secret code").First.InnerTextAsync();

    [GeneratedRegex("^Test: delivered")]
    private static partial Regex TestDelivered();
}
