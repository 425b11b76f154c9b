using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>A developer on call, at night, with a phone: what fails, why, and is it over?</summary>
public sealed class PhoneTests(DashboardFixture dashboard) : IAsyncLifetime
{
    private const int Waiting = 8;
    private const float TapPatience = OpenPage.Patience / 4;

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private GatewayProcess _gateway = null!;
    private int _taps;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["crm"].Answer = (_, _) => Task.FromResult(503);
        _gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering()
            .With("Scouthook:Delivery:RetrySchedule", "1h,1h")
            .To("crm", _sink["crm"], ("Ordering", "none"))
            .To("warehouse", _sink["warehouse"], ("Ordering", "none")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Failing_endpoint_is_found_understood_and_emptied_with_two_taps()
    {
        foreach (var sent in Some.Events(Waiting, from: 880_000))
        {
            await _gateway.PostAsync(sent);
        }

        await Eventually.AnswersTrueAsync(
            async () => (string?)(await _gateway.Client.EndpointAsync("crm"))["health"] is "failing" or "down", "the CRM is failing");
        await using var page = await dashboard.OpenAsync(
            width: 390, address: new Uri($"http://127.0.0.1:{_gateway.ManagementPort}/"), hasTouch: true);
        await page.SignInAsync(GatewaySetup.Key);
        var start = TimeProvider.System.GetTimestamp();

        await OpenPage.SeesAsync(page.Content.Locator(".rows .error-text").GetByText("503"));
        await TapAsync(
            page.Content.GetByRole(AriaRole.Link, new() { Name = "crm", Exact = true }),
            page.Content.Locator(".notice.problem").Filter(new() { HasText = "Every attempt has failed since" }).GetByText("503"));
        _sink["crm"].Answer = (_, _) => Task.FromResult(200);
        await TapAsync(
            page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry all pending" }), page.Page.GetByText("All pending deliveries are due now."));
        await _gateway.DrainAsync();
        await OpenPage.SeesAsync(page.Content.Locator(".tile").Filter(new() { HasText = "Pending" }).GetByText("0", new() { Exact = true }));
        await OpenPage.SeesAsync(page.Content.Locator(".health").GetByText("healthy"));
        await OpenPage.SeesAsync(page.Content.Locator("tr[data-row]").Nth(Waiting - 1).GetByText("delivered", new() { Exact = true }));
        Figures.Print($"{_taps} taps, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s");

        Assert.Equal((2, Waiting), (_taps, _sink["crm"].Taken.Select(taken => taken.EventId).Distinct().Count()));
        await Axe.AssertAccessibleAsync(page);
        Assert.Empty(page.Complaints);
    }

    /// <summary>
    /// Taps until the effect shows, which counts as one tap: a browser without processor time takes a tap for a long press.
    /// </summary>
    private async Task TapAsync(ILocator locator, ILocator effect)
    {
        _taps++;
        for (var left = OpenPage.Patience; ; left -= TapPatience)
        {
            await locator.TapAsync();
            try
            {
                await effect.First.WaitForAsync(new() { Timeout = TapPatience });
                return;
            }
            catch (TimeoutException) when (left > TapPatience)
            {
            }
        }
    }
}
