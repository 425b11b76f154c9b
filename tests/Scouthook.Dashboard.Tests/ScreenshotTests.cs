using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;

namespace Scouthook.Dashboard.Tests;

/// <summary>Pictures of every page, to check with one's own eyes and for the documentation. Runs only when asked for.</summary>
/// <remarks><c>SCOUTHOOK_SCREENSHOTS=/tmp/pages dotnet test --project tests/Scouthook.Dashboard.Tests -- --explicit only</c>.</remarks>
[Collection(DashboardCollection.Name)]
public sealed class ScreenshotTests(DashboardFixture dashboard)
{
    [Theory(Explicit = true)]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_is_pictured(ColorScheme scheme, int width)
    {
        var folder = Environment.GetEnvironmentVariable("SCOUTHOOK_SCREENSHOTS");
        Assert.False(string.IsNullOrEmpty(folder), "Set SCOUTHOOK_SCREENSHOTS to the folder for the pictures.");
        var addresses = await dashboard.PagesAsync();
        await using var page = await dashboard.OpenAsync(scheme, width);
        await page.Page.GotoAsync("sign-in");
        await SaveAsync(page, folder, "sign-in", scheme, width);
        await page.SignInAsync(TestSupport.Gateways.GatewaySetup.Key);

        for (var number = 0; number < addresses.Count; number++)
        {
            await page.GoAsync(addresses[number]);
            await SaveAsync(page, folder, Name(addresses[number], number), scheme, width);
        }
    }

    private static string Name(string address, int number) =>
        $"{number:00}-{string.Join('-', address.Split('?')[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "one" : part))}";

    private static Task<byte[]> SaveAsync(OpenPage page, string folder, string name, ColorScheme scheme, int width) => page.Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant()),
        FullPage = true,
        Animations = ScreenshotAnimations.Disabled,
    });
}
