using System.Diagnostics;
using Microsoft.Playwright;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>A browser that is signed in to the dashboard of a gateway.</summary>
internal sealed class DashboardBrowser : IAsyncDisposable
{
    private const string DefaultPath = "/usr/bin/chromium";
    private const float Patience = 120_000;

    /// <summary>True once a page shows what it has read: Blazor has no request to wait for.</summary>
    private const string HasContent = """
        () => document.querySelector('#content h1')
          && ![...document.querySelectorAll('#content [role=status]')].some(status => status.textContent.startsWith('Loading'))
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IBrowserContext _context;

    private DashboardBrowser(IPlaywright playwright, IBrowser browser, IBrowserContext context) =>
        (_playwright, _browser, _context) = (playwright, browser, context);

    public static async Task<DashboardBrowser> StartAsync(Uri address, string key)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SCOUTHOOK_CHROMIUM") ?? DefaultPath,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = address.AbsoluteUri, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync("sign-in");
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForFunctionAsync(HasContent);
        await page.CloseAsync();
        return new DashboardBrowser(playwright, browser, context);
    }

    public Task<IPage> OpenAsync() => _context.NewPageAsync();

    /// <summary>Opens an address and waits for its content.</summary>
    /// <returns>The time that a reader waits.</returns>
    public static async Task<TimeSpan> ShowAsync(IPage page, string path)
    {
        var start = Stopwatch.GetTimestamp();
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync(HasContent);
        var waited = Stopwatch.GetElapsedTime(start);
        if (await page.Locator("#content .notice.problem[role=alert]").CountAsync() > 0)
        {
            throw new InvalidOperationException($"/{path}: {await page.Locator("#content").InnerTextAsync()}");
        }

        return waited;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
