using System.Text.RegularExpressions;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>A gateway that goes away under an open page.</summary>
public sealed class RestartTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Open_page_returns_to_its_place_after_a_restart()
    {
        using var folder = new Folder();
        var setup = new GatewaySetup { Folder = folder.Path };
        var first = await GatewayProcess.StartAsync(setup);
        int port;
        OpenPage page;
        await using (first)
        {
            port = first.Port;
            page = await dashboard.OpenAsync(address: new Uri($"http://127.0.0.1:{first.ManagementPort}/"));
            await page.SignInAsync(GatewaySetup.Key);
            await first.PostAsync(Some.Step(830_001, 1));
            await page.GoAsync("events?type=convo.status");
            await first.KillAsync();
        }

        await using var opened = page;
        await OpenPage.SeesAsync(page.Page.GetByText("The connection is lost. Reconnecting…"));
        await using var second = await GatewayProcess.StartAsync(setup with { Urls = [$"http://127.0.0.1:{port}"] });
        await page.Page.GetByText("The connection is lost. Reconnecting…").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        await page.SeesHeadingAsync("Events");
        await second.PostAsync(Some.Step(830_001, 2));
        await OpenPage.SeesAsync(page.Content.Locator("tr[data-row]").Nth(1));

        Assert.EndsWith("/events?type=convo.status", page.Page.Url, StringComparison.Ordinal);
        Assert.Equal(port, second.ManagementPort);
    }

    [Fact]
    public async Task Page_whose_first_connection_fails_is_loaded_again()
    {
        await using var page = await dashboard.SignInAsync();
        var connections = 0;
        await page.Page.RouteWebSocketAsync(new Regex("/_blazor"), socket =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                socket.CloseAsync(new() { Code = 1001 });
            }
            else
            {
                socket.ConnectToServer();
            }
        });

        await page.Page.GotoAsync("events");

        await page.SeesHeadingAsync("Events");
        Assert.Equal(2, connections);
    }
}
