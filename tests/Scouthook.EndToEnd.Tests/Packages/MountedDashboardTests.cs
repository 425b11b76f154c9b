using Scouthook.Dashboard.Tests.Support;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The dashboard of the package in apps outside the repository, opened in a browser.</summary>
[Collection<PackageFeedCollection>]
public sealed class MountedDashboardTests(PackageFeed feed, PlainApp plain) : IClassFixture<PlainApp>
{
    private const string Secret = "the secret of a consumer";
    private const string Key = "a-key-for-the-dashboard";
    private const string OfTheApp = "A page of the app";

    /// <summary>Its Blazor, its cookies and its fallback are in the way of ours, if anything is.</summary>
    private const string WithBlazor = $$"""
        using Microsoft.AspNetCore.Authentication.Cookies;

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddScouthook().AddInbox();
        builder.Services.AddScouthookManagement();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapScouthook();
        app.MapScouthookManagement("/scouthook");
        app.MapGet("/private", () => "private").RequireAuthorization();
        app.MapRazorComponents<Host.App>().AddInteractiveServerRenderMode();
        app.MapFallback("{*path}", () => "{{OfTheApp}}");
        app.Run();
        """;

    private const string AppPage = """
        @using Microsoft.AspNetCore.Components.Web
        <!DOCTYPE html>
        <html lang="en">
        <head><base href="/" /><title>An app</title><link rel="icon" href="data:," /></head>
        <body><Counter @rendermode="RenderMode.InteractiveServer" /><script src="_framework/blazor.web.js"></script></body>
        </html>
        """;

    private const string CounterPage = """
        @page "/"
        @using Microsoft.AspNetCore.Components.Web
        <button @onclick="() => _count++">Counted @_count</button>
        @code { private int _count; }
        """;

    /// <summary>Addresses that the dashboard has below its path.</summary>
    private static readonly string[] Ours =
        ["overview", "events", "endpoints", "keys", "sign-in", "session", "_assets/dashboard.css", "_assets/mudblazor.js", "api/v1/health"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "scouthook/")]
    [InlineData("/tools", "tools/scouthook/")]
    public async Task Dashboard_of_the_package_works_in_an_app_that_prepares_nothing_for_it(string pathBase, string path)
    {
        using var folder = new Folder();
        await using var app = await StartAsync(await plain.Built, folder, $"--PathBase={pathBase}");

        await new DashboardSmoke(feed).CheckAsync(new Uri(app.Client.BaseAddress!, path), Key);

        foreach (var ours in Ours)
        {
            using var outside = await app.Client.GetAsync(ours, Cancelled);
            Assert.Equal((ours, 404), (ours, (int)outside.StatusCode));
        }
    }

    [Fact]
    public async Task Dashboard_of_the_package_works_in_an_app_with_its_own_Blazor_and_disturbs_nothing_of_it()
    {
        using var folder = new Folder();
        await PlainApp.WriteAsync(feed, folder, WithBlazor);
        await File.WriteAllTextAsync(folder["App.razor"], AppPage, Cancelled);
        await File.WriteAllTextAsync(folder["Counter.razor"], CounterPage, Cancelled);
        await Command.DotNetAsync(folder.Path, "publish", "--output", folder["out"], "-nodeReuse:false");
        await using var app = await StartAsync(folder["out/Host.dll"], folder);

        await new DashboardSmoke(feed).CheckAsync(new Uri(app.Client.BaseAddress!, "scouthook/"), Key);
        await CountAsync(app);

        foreach (var ours in Ours)
        {
            Assert.Equal((ours, OfTheApp), (ours, await app.Client.GetStringAsync(ours, Cancelled)));
        }

        // The challenge of the app's own scheme, to the app's own sign-in page.
        using var refused = await app.Client.GetAsync("private", Cancelled);
        Assert.Equal("/Account/Login", refused.RequestMessage!.RequestUri!.AbsolutePath);
    }

    /// <summary>Uses the app's own circuit, in a browser that is signed in to the dashboard.</summary>
    private static async Task CountAsync(RunningApp app)
    {
        await using var chromium = await Chromium.StartAsync();
        await using var page = await chromium.OpenAsync(app.Client.BaseAddress!);
        await page.Page.GotoAsync("scouthook/sign-in");
        await page.Page.GetByLabel("API key").FillAsync(Key);
        await page.ClickAsync("Sign in");
        await page.SeesHeadingAsync("Overview");

        await page.Page.GotoAsync("");
        var button = page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button);
        await Eventually.AnswersTrueAsync(
            async () =>
            {
                // Prerendered, it counts only once its circuit is connected.
                await button.ClickAsync();
                return await button.InnerTextAsync() != "Counted 0";
            },
            "the button of the app counts");
        Assert.Empty(page.Complaints);
    }

    private static Task<RunningApp> StartAsync(string program, Folder folder, params string[] arguments) => RunningApp.StartAsync(
        "dotnet",
        [program, .. arguments, $"--Scouthook:Management:AdminKey={Key}", $"--Scouthook:Inbox:DataDirectory={folder["data"]}"],
        folder.Create("empty"), Secret);
}
