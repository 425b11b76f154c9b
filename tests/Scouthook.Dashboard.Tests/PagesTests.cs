using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>Every page in a real browser: reached, complete, readable by everyone, and without a complaint of the browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class PagesTests(DashboardFixture dashboard)
{
    private static readonly (string Title, string Heading, string Path)[] Menu =
    [
        ("Events", "Events", "events"), ("Deliveries", "Deliveries", "deliveries"), ("Dead letters", "Dead letters", "dead-letters"),
        ("Endpoints", "Endpoints", "endpoints"), ("Replays", "Replays", "replays"), ("Sources", "Sources", "sources"),
        ("Contract", "Contract", "contract"), ("Keys", "API keys", "keys"), ("Audit", "Audit log", "audit"), ("Overview", "Overview", ""),
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_page_opens_by_its_address_without_a_complaint_or_a_barrier(ColorScheme scheme, int width)
    {
        var addresses = await dashboard.PagesAsync();
        await using var page = await dashboard.SignInAsync(scheme: scheme, width: width);
        var issues = new List<string>();

        foreach (var address in addresses)
        {
            await page.GoAsync(address);
            issues.AddRange((await Axe.CheckAsync(page)).Select(issue => $"/{address}: {issue}"));
            var overflow = await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overflow > 0)
            {
                issues.Add($"/{address}: {overflow} pixels wider than the window");
            }
        }

        Assert.True(issues.Count == 0, string.Join('\n', issues));

        // The browser reports the status of the page that does not exist.
        Assert.DoesNotContain(page.Complaints, complaint => !complaint.Contains(DashboardFixture.NoSuchPage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_page_opens_from_the_menu()
    {
        await using var page = await dashboard.SignInAsync();

        foreach (var (title, heading, path) in Menu)
        {
            await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
                .GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).ClickAsync();

            await page.SeesHeadingAsync(heading);
            Assert.Equal(new Uri(dashboard.Address, path), new Uri(page.Page.Url));
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Menu_follows_the_keyboard()
    {
        await using var page = await dashboard.SignInAsync();

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("e");
        await page.SeesHeadingAsync("Events");
        await page.SettleAsync();
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("Enter");

        await OpenPage.SeesAsync(page.Content.GetByRole(AriaRole.Heading, new() { Name = "Deliveries", Exact = true }));
        await page.FocusesAsync("#content h1");
    }

    [Fact]
    public async Task Dialog_takes_the_keyboard_and_gives_it_back()
    {
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync($"events/{await dashboard.NewestAsync("events", "type=convo.*")}");
        var open = page.Content.GetByRole(AriaRole.Button, new() { Name = "Replay…", Exact = true }).First;

        await open.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.FocusesAsync("[role=dialog] select");
        var close = await page.Page.Locator("[role=dialog] .mud-button-close").BoundingBoxAsync();
        var dialog = await page.Page.GetByRole(AriaRole.Dialog).BoundingBoxAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.FocusesAsync("#content .head button.primary");

        // It was in the corner of the window, over the button that signs out.
        Assert.InRange(close!.Y, dialog!.Y, dialog.Y + dialog.Height);
        Assert.InRange(close.X, dialog.X, dialog.X + dialog.Width);
    }

    [Fact]
    public async Task Scripts_and_styles_arrive_complete()
    {
        await using var page = await dashboard.SignInAsync();
        await page.GoAsync("events");

        var files = page.Responses.Where(response => response.Request.ResourceType is "script" or "stylesheet" or "image").ToList();

        Assert.Contains(files, file => file.Url.EndsWith("/_framework/blazor.web.js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Assert.True(file.Status is 200 or 304, $"{file.Url} answered {file.Status}");
            var name = file.Url.Split('/')[^1].Split('?')[0];
            var received = await page.Page.Context.APIRequest.GetAsync(file.Url);
            Assert.Equal((name, SizeOf(name)), (name, (await received.BodyAsync()).Length));
            Assert.Equal(dashboard.Address.Authority, new Uri(file.Url).Authority);
        }
    }

    [Fact]
    public async Task Wrong_key_is_refused_and_the_right_one_leads_to_the_page_asked_for()
    {
        await using var page = await dashboard.OpenAsync();

        await page.Page.GotoAsync("events?type=convo.tags");
        Assert.StartsWith("/sign-in", new Uri(page.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await Axe.AssertAccessibleAsync(page);
        await SubmitAsync(page, "a-key-that-nobody-has");
        await OpenPage.SeesAsync(page.Page.GetByRole(AriaRole.Alert));
        await Axe.AssertAccessibleAsync(page);
        await SubmitAsync(page, GatewaySetup.Key);
        await page.SeesHeadingAsync("Events");

        Assert.Equal("/events?type=convo.tags", new Uri(page.Page.Url).PathAndQuery);
        Assert.Equal("convo.tags", await page.Page.GetByLabel("Type", new() { Exact = true }).InputValueAsync());
    }

    private static async Task SubmitAsync(OpenPage page, string key)
    {
        await page.Page.GetByLabel("API key").FillAsync(key);
        await page.ClickAsync("Sign in");
    }

    /// <summary>The size of an asset in the assembly that serves it.</summary>
    private static int SizeOf(string name)
    {
        using var asset = typeof(Management.ScouthookManagementOptions).Assembly.GetManifestResourceStream($"dashboard/{name}");
        Assert.True(asset is { Length: > 0 }, $"{name} is empty or not a file of the dashboard");
        return (int)asset.Length;
    }
}
