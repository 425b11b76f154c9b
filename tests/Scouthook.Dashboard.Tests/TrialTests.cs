using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>What people come for, as they would click it: from the overview, without knowing any address.</summary>
public sealed class TrialTests(DashboardFixture dashboard) : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
            .To("crm", _sink["crm"], ("Events", "convo.status"), ("Ordering", "none"))
            .To("warehouse", _sink["warehouse"], ("Events", "tags"), ("Ordering", "none")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A customer says that the CRM never got her ticket: it answered 500.</summary>
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Ticket_that_an_endpoint_rejected_is_found_explained_and_repaired_from_the_overview(int width)
    {
        _sink["crm"].Answer = (_, _) => Task.FromResult(500);
        var hers = Some.Event(850_001);
        foreach (var sent in new[] { Some.Event(850_000), hers, Some.Event(850_002) })
        {
            await _gateway.PostAsync(sent);
        }

        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.Client.DeliveriesAsync("state=deadLettered")).Count == 3, "the CRM was given up on");
        _sink["crm"].Answer = (_, _) => Task.FromResult(200);
        await using var page = await SignInAsync(width);

        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find an event" }).FillAsync($"{hers.Id()}");
        await page.ClickAsync("Find");
        await page.SeesHeadingAsync("Events");
        await page.Content.Locator("tr[data-row]").ClickAsync();
        await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Heading, new() { Name = "Deliveries", Exact = true }));
        await OpenPage.SeesAsync(page.Content.Locator("tr[data-row]").Filter(new() { HasText = "dead letter" }).GetByText("500"));
        await page.Content.Locator("tr[data-row]").Filter(new() { HasText = "crm" }).ClickAsync();
        await page.SeesAsync("Attempt 2");
        await page.ClickAsync("Retry now");
        await OpenPage.SeesAsync(page.Content.Locator(".lead").GetByText("delivered", new() { Exact = true }));

        Assert.Equal(hers.Body, Assert.Single(_sink["crm"].Taken).Body);
        Assert.Empty(page.Complaints);
    }

    /// <summary>She asks for the warehouse, which never asked for such events.</summary>
    [Fact]
    public async Task Ticket_that_no_endpoint_asked_for_is_explained_and_replayed_to_it()
    {
        var hers = Some.Event(850_010);
        await _gateway.PostAsync(hers);
        await using var page = await SignInAsync(1440);

        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find an event" }).FillAsync($"https://secure.helpscout.net/conversation/{hers.Id()}/1");
        await page.ClickAsync("Find");
        await page.Content.Locator("tr[data-row]").ClickAsync();
        await page.SeesAsync("not subscribed to convo.status");
        await page.ClickAsync("Replay to warehouse");
        await page.ConfirmAsync("Replay");
        await Eventually.TrueAsync(() => _sink["warehouse"].TakenCount == 1, "the warehouse has it");
        await page.Content.GetByText("not subscribed to convo.status").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        Assert.Equal(hers.Body, _sink["warehouse"].Taken[0].Body);
        Assert.Empty(page.Complaints);
    }

    /// <summary>At night, on a phone: the CRM is down, then up again.</summary>
    [Fact]
    public async Task Endpoint_that_is_down_is_seen_understood_and_emptied_on_a_phone()
    {
        _sink["crm"].Answer = (_, _) => Task.FromResult(503);
        foreach (var sent in Some.Events(8, from: 850_020))
        {
            await _gateway.PostAsync(sent);
        }

        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.Client.DeliveriesAsync("state=deadLettered")).Count == 8, "the CRM was given up on");
        await using var page = await SignInAsync(390);

        await page.SeesAsync("8 dead");
        await OpenPage.SeesAsync(page.Content.Locator(".rows .error-text").GetByText("503"));
        await page.Content.GetByRole(AriaRole.Link, new() { Name = "crm", Exact = true }).ClickAsync();
        await page.SeesHeadingAsync("crm");
        _sink["crm"].Answer = (_, _) => Task.FromResult(200);
        await page.ClickAsync("Send a test");
        await page.SeesAsync("Test: delivered");
        await page.Content.Locator(".tile").Filter(new() { HasText = "Dead letters" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.SeesHeadingAsync("Dead letters");
        await page.ClickAsync("Replay all dead letters of crm");
        await page.ConfirmAsync("Replay all");
        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 9, "the CRM has the test and everything it missed");
        await OpenPage.SeesAsync(page.Content.Locator(".lead").GetByText("done"));
        await page.ClickAsync("Menu");
        await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await page.SeesHeadingAsync("Overview");
        await page.Content.GetByText("8 dead").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Content.Locator(".notice.alert").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        Assert.Empty(page.Complaints);
    }

    private async Task<OpenPage> SignInAsync(int width)
    {
        var page = await dashboard.OpenAsync(width: width, address: new Uri($"http://127.0.0.1:{_gateway.ManagementPort}/"));
        await page.SignInAsync(GatewaySetup.Key);
        return page;
    }
}
