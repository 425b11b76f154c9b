using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>Pictures of every page, to check with one's own eyes and for the documentation. Runs only when asked for.</summary>
/// <remarks><c>SCOUTHOOK_SCREENSHOTS=/tmp/pages dotnet test --project tests/Scouthook.Dashboard.Tests -- --explicit only</c>.</remarks>
[Collection(DashboardCollection.Name)]
public sealed class ScreenshotTests(DashboardFixture dashboard)
{
    private const int Forged = 12;
    private const int Replayed = 6_000;
    private const int Connections = 16;

    [Theory(Explicit = true)]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_is_pictured(ColorScheme scheme, int width)
    {
        var addresses = await dashboard.PagesAsync();

        // Statistics are counted some seconds after the events.
        var stored = (await dashboard.Gateway.Client.EventsAsync()).Count(item => !((string)item["type"]!).StartsWith("scouthook.", StringComparison.Ordinal));
        await Eventually.AnswersTrueAsync(
            async () => (long)(await dashboard.Gateway.Client.JsonAsync("/api/v1/stats"))["events"]!["total"]! >= stored, "all events are counted");
        await using var page = await dashboard.OpenAsync(scheme, width);
        await page.Page.GotoAsync("sign-in");
        await SaveAsync(page, "sign-in", scheme, width);
        await page.SignInAsync(GatewaySetup.Key);

        for (var number = 0; number < addresses.Count; number++)
        {
            await page.GoAsync(addresses[number]);
            await SaveAsync(page, Name(addresses[number], number), scheme, width);
        }
    }

    [Fact(Explicit = true)]
    public async Task Passing_states_are_pictured()
    {
        using var folder = new Folder();
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = folder.Path }.Delivering());
        foreach (var forged in Some.Events(Forged, from: Replayed))
        {
            await gateway.SendAsync(forged.Request("a-secret-of-nobody"));
        }

        await new Load(gateway.Port, Some.Events(Replayed)).RunAsync(Connections, TestContext.Current.CancellationToken);
        await gateway.Client.PostJsonAsync(
            "endpoints", new { name = "crm", url = dashboard.Sink["crm"].Url, events = new[] { "*" }, ordering = "none" }, System.Net.HttpStatusCode.Created);
        var pages = await OpenAllAsync(gateway);
        var replay = (string)(await gateway.Client.PostJsonAsync(
            "replays", new { filter = new { type = "convo.status" } }, System.Net.HttpStatusCode.Accepted))["id"]!;
        await Eventually.AnswersTrueAsync(async () => await ProgressAsync(gateway, replay) > 0.2, "the replay has come some way");
        using (Store.Block(gateway.Setup.Database))
        {
            // Nothing can be written, so it stays where it is.
            await PictureAsync(pages, "replay-half-way", async page =>
            {
                await page.GoAsync($"replays/{replay}");
                await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Button, new() { Name = "Stop" }));
            });
        }

        await PictureAsync(pages, "signature-failures", async page =>
        {
            await page.GoAsync("");
            await page.SeesAsync("were rejected within a minute");
        });
        await gateway.KillAsync();
        await PictureAsync(
            pages, "reconnecting", page => OpenPage.SeesAsync(page.Page.GetByText("The connection is lost. Reconnecting…")));
        foreach (var (page, _, _) in pages)
        {
            await page.DisposeAsync();
        }
    }

    private static string Name(string address, int number) =>
        $"{number:00}-{string.Join('-', address.Split('?')[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "one" : part))}";

    private static async Task<double> ProgressAsync(GatewayProcess gateway, string replay) =>
        (double)(await gateway.Client.JsonAsync($"/api/v1/replays/{replay}"))["progress"]!;

    private async Task<IReadOnlyList<(OpenPage Page, ColorScheme Scheme, int Width)>> OpenAllAsync(GatewayProcess gateway)
    {
        var pages = new List<(OpenPage Page, ColorScheme Scheme, int Width)>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var width in new[] { 1440, 390 })
            {
                var page = await dashboard.OpenAsync(scheme, width, new Uri($"http://127.0.0.1:{gateway.ManagementPort}/"));
                await page.SignInAsync(GatewaySetup.Key);
                pages.Add((page, scheme, width));
            }
        }

        return pages;
    }

    private static async Task PictureAsync(
        IEnumerable<(OpenPage Page, ColorScheme Scheme, int Width)> pages, string name, Func<OpenPage, Task> showAsync)
    {
        foreach (var (page, scheme, width) in pages)
        {
            await showAsync(page);
            await SaveAsync(page, name, scheme, width);
        }
    }

    private static Task<byte[]> SaveAsync(OpenPage page, string name, ColorScheme scheme, int width)
    {
        var folder = Environment.GetEnvironmentVariable("SCOUTHOOK_SCREENSHOTS");
        Assert.False(string.IsNullOrEmpty(folder), "Set SCOUTHOOK_SCREENSHOTS to the folder for the pictures.");
        return page.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant()),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
