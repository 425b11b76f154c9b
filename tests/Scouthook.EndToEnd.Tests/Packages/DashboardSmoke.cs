using System.Reflection;
using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The same walk through a dashboard, however it was built, installed, mounted and started.</summary>
/// <param name="feed">The packages that it comes from.</param>
internal sealed class DashboardSmoke(PackageFeed feed)
{
    private static readonly (string Title, string Heading, string Path)[] Menu =
    [
        ("Events", "Events", "events"), ("Deliveries", "Deliveries", "deliveries"), ("Dead letters", "Dead letters", "dead-letters"),
        ("Endpoints", "Endpoints", "endpoints"), ("Replays", "Replays", "replays"), ("Sources", "Sources", "sources"),
        ("Contract", "Contract", "contract"), ("Keys", "API keys", "keys"), ("Audit", "Audit log", "audit"), ("Overview", "Overview", ""),
    ];

    private readonly Assembly _management =
        Assembly.Load(feed.Open("Scouthook.Management").Files["lib/net10.0/Scouthook.Management.dll"]);

    /// <summary>Signs in, opens every page in both ways, and checks all that the browser has loaded.</summary>
    public async Task CheckAsync(Uri address, string key)
    {
        await using var chromium = await Chromium.StartAsync();
        await using var page = await chromium.OpenAsync(address);

        await page.SubmitKeyAsync("a-key-that-nobody-has");
        await OpenPage.SeesAsync(page.Page.GetByRole(AriaRole.Alert));

        // The browser reports the status of the refusal, and nothing else.
        Assert.All(page.Complaints, complaint => Assert.Contains("401", complaint, StringComparison.Ordinal));
        var refusals = page.Complaints.Count;
        await page.SignInAsync(key);
        foreach (var (title, heading, path) in Menu)
        {
            await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
                .GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).ClickAsync();
            await page.SeesHeadingAsync(heading);
            Assert.Equal(new Uri(address, path), new Uri(page.Page.Url));
        }

        foreach (var (_, heading, path) in Menu)
        {
            await page.GoAsync(path);
            await page.SeesHeadingAsync(heading);
        }

        Assert.Equal(refusals, page.Complaints.Count);
        await CheckFilesAsync(page);
        Assert.All(page.Responses, response => Assert.StartsWith(address.AbsoluteUri, response.Url, StringComparison.Ordinal));
    }

    /// <summary>Checks that every script, style and image has the size that it has in the package.</summary>
    private async Task CheckFilesAsync(OpenPage page)
    {
        var files = page.Responses.Where(response => response.Request.ResourceType is "script" or "stylesheet" or "image")
            .Select(response => response.Url).Distinct().ToList();
        Assert.Contains(files, file => file.EndsWith("/_framework/blazor.web.js", StringComparison.Ordinal));
        Assert.Contains(files, file => file.Contains("/dashboard.css", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var name = new Uri(file).Segments[^1];
            await using var packed = _management.GetManifestResourceStream($"dashboard/{name}");
            var received = await page.Page.Context.APIRequest.GetAsync(file);
            Assert.Equal((name, 200, packed?.Length), (name, received.Status, (await received.BodyAsync()).Length));
        }
    }
}
