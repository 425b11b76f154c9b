using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>The list of events: filtered, live, paused and replayed.</summary>
[Collection(DashboardCollection.Name)]
public sealed class EventsTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Filter_in_the_address_selects_the_events()
    {
        await using var page = await dashboard.SignInAsync();

        await page.GoAsync("events?type=customer.*");

        var types = await Rows(page).Locator("code.type").AllInnerTextsAsync();
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.StartsWith("customer.", type, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filter_set_by_hand_is_in_the_address_and_survives_a_reload()
    {
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync("events");

        await page.Page.GetByLabel("Type", new() { Exact = true }).FillAsync("tag.*");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.WaitForFunctionAsync("() => new URLSearchParams(location.search).get('type') === 'tag.*'");
        await page.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('tr[data-row] code.type')].every(type => type.textContent.startsWith('tag.'))");
        await page.Page.ReloadAsync();
        await page.SettleAsync();

        var types = await Rows(page).Locator("code.type").AllInnerTextsAsync();
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.StartsWith("tag.", type, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mistake_in_a_filter_is_explained()
    {
        await using var page = await dashboard.SignInAsync();

        await page.GoAsync("events?since=yesterday");

        await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Alert));
        Assert.Equal(0, await Rows(page).CountAsync());
    }

    [Fact]
    public async Task Event_that_arrives_appears_in_the_open_page()
    {
        await using var page = await dashboard.SignInAsync();
        var sent = Some.Event(810_001);
        await page.GoAsync($"events?resource=conversation:{sent.Id()}");
        await page.SeesAsync("No event matches these filters.");

        await dashboard.Gateway.PostAsync(sent);

        await OpenPage.SeesAsync(Rows(page));
        Assert.Equal(1, await Rows(page).CountAsync());
    }

    [Fact]
    public async Task Paused_page_keeps_its_place_and_catches_up_when_resumed()
    {
        await using var page = await dashboard.SignInAsync();
        var first = Some.Step(810_002, 1);
        await dashboard.Gateway.PostAsync(first);
        await page.GoAsync($"events?resource=conversation:{first.Id()}");
        await page.ClickAsync("Pause live updates");
        await page.SeesAsync("Live updates are paused.");

        await dashboard.Gateway.PostAsync(Some.Step(810_002, 2));
        await page.SeesAsync("One new event has arrived.");
        var whilePaused = await Rows(page).CountAsync();
        await page.ClickAsync("Resume live updates");
        await OpenPage.SeesAsync(Rows(page).Nth(1));

        Assert.Equal(1, whilePaused);
    }

    [Fact]
    public async Task Page_that_was_paused_while_many_events_arrived_has_all_of_them_once_when_resumed()
    {
        const int before = 3, meanwhile = 60;
        await using var page = await dashboard.SignInAsync();
        await PostStepsAsync(810_004, 0, before);
        await page.GoAsync($"events?resource=conversation:{Some.Event(810_004).Id()}");
        await page.ClickAsync("Pause live updates");
        await page.SeesAsync("Live updates are paused.");

        await PostStepsAsync(810_004, before, meanwhile);
        await page.SeesAsync("50 or more new events have arrived.");
        var whilePaused = await Rows(page).CountAsync();
        await page.ClickAsync("Resume live updates");
        await OpenPage.SeesAsync(Rows(page).Nth(before + meanwhile - 1));

        Assert.Equal(before, whilePaused);
        await AssertAllOnceAsync(page, before + meanwhile);
    }

    [Fact]
    public async Task Many_events_at_once_lead_to_the_newest_and_the_others_follow_when_asked_for()
    {
        const int count = 120;
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync($"events?resource=conversation:{Some.Event(810_005).Id()}");
        await page.SeesAsync("No event matches these filters.");

        await PostStepsAsync(810_005, 0, count);
        var newest = await dashboard.NewestAsync("events", $"resource=conversation:{Some.Event(810_005).Id()}");
        await OpenPage.SeesAsync(Rows(page).First.Locator($"a[href='events/{newest}']"));
        await OpenPage.SeesAsync(Rows(page).Nth(49));
        await page.ClickAsync("Load older events");
        await OpenPage.SeesAsync(Rows(page).Nth(99));
        await page.ClickAsync("Load older events");
        await OpenPage.SeesAsync(Rows(page).Nth(count - 1));

        await AssertAllOnceAsync(page, count);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Keyboard_continues_on_the_first_of_the_older_events()
    {
        const int count = 60;
        await using var page = await dashboard.SignInAsync();
        await PostStepsAsync(810_006, 0, count);
        await page.GoAsync($"events?resource=conversation:{Some.Event(810_006).Id()}");

        await page.Content.GetByRole(AriaRole.Button, new() { Name = "Load older events" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.FocusesAsync("tr[data-row]:nth-child(51) a");
        await page.Page.Keyboard.PressAsync("j");

        await page.FocusesAsync("tr[data-row]:nth-child(52) a");
    }

    [Fact]
    public async Task Event_is_replayed_to_one_endpoint_and_delivered_again()
    {
        var sink = dashboard.Sink["replayed"];
        await dashboard.CreateEndpointAsync("replayed", sink, "convo.status");
        var sent = Some.Event(810_003);
        await dashboard.Gateway.PostAsync(sent);
        await Eventually.TrueAsync(() => sink.TakenCount == 1, "the event is delivered");
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync($"events?resource=conversation:{sent.Id()}");

        await Rows(page).First.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.ClickAsync("Replay…");
        await page.Page.GetByRole(AriaRole.Dialog).GetByLabel("To").SelectOptionAsync(new SelectOptionValue { Label = "replayed" });
        await Axe.AssertAccessibleAsync(page);
        await page.ConfirmAsync("Replay");
        await Eventually.TrueAsync(() => sink.TakenCount == 2, "the event is delivered again");
        await OpenPage.SeesAsync(page.Content.GetByText("replay", new() { Exact = true }));

        Assert.Equal([false, true], sink.Arrivals.Select(arrival => arrival.IsReplay));
        Assert.Equal(sink.Arrivals[0].EventId, sink.Arrivals[1].EventId);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Csv_has_the_events_of_the_filter()
    {
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync("events?type=customer.created");
        var rows = await Rows(page).CountAsync();

        var download = await page.Page.RunAndWaitForDownloadAsync(
            () => page.Page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);

        Assert.Equal("events.csv", download.SuggestedFilename);
        Assert.Equal(rows, lines.Count(line => line.Contains("customer.created", StringComparison.Ordinal)));
    }

    private async Task PostStepsAsync(long conversation, int from, int count)
    {
        foreach (var step in Enumerable.Range(from, count))
        {
            await dashboard.Gateway.PostAsync(Some.Step(conversation, step));
        }
    }

    private static async Task AssertAllOnceAsync(OpenPage page, int count)
    {
        var links = await Rows(page).EvaluateAllAsync<string[]>("rows => rows.map(row => row.querySelector('a').href)");
        Assert.Equal((count, count), (links.Length, links.Distinct().Count()));
    }

    private static ILocator Rows(OpenPage page) => page.Content.Locator("tr[data-row]");
}
