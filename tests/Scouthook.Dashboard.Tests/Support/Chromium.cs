using System.Diagnostics.CodeAnalysis;
using Microsoft.Playwright;

namespace Scouthook.Dashboard.Tests.Support;

/// <summary>The Chromium of the system, started once and driven by Playwright.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string DefaultPath = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Starts it with a user-data directory of its own.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("SCOUTHOOK_CHROMIUM") ?? DefaultPath;
        Assert.True(
            File.Exists(path),
            $"{path} is missing. Install the package chromium, or set SCOUTHOOK_CHROMIUM to the path of a Chromium.");
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = Flags,
                Timeout = OpenPage.Patience,
            }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>Opens an empty page with cookies and storage of its own.</summary>
    /// <param name="address">The dashboard, with a trailing slash.</param>
    /// <param name="scheme">The colours of the system.</param>
    /// <param name="width">The width of the window.</param>
    /// <param name="hasTouch">Whether it is used with fingers.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The page closes its context.")]
    public async Task<OpenPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1440, bool hasTouch = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.AbsoluteUri,
            ColorScheme = scheme,
            HasTouch = hasTouch,
            Locale = "en-GB",

            // Colours are checked as they stay, not half-way through a transition.
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
        });
        context.SetDefaultTimeout(OpenPage.Patience);
        return new OpenPage(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
