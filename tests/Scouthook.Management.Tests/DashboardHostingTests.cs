using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;

namespace Scouthook.Management.Tests;

/// <summary>How the dashboard is hosted: below its path only, self-contained, with its own headers.</summary>
public sealed class DashboardHostingTests
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; frame-ancestors 'none'";

    [Theory]
    [InlineData("dashboard.css")]
    [InlineData("dashboard.js")]
    [InlineData("icon.svg")]
    [InlineData("mudblazor.css")]
    [InlineData("mudblazor.js")]
    [InlineData("blazor.web.js")]
    public async Task Script_or_style_has_its_full_size(string name)
    {
        await using var app = await ManagedApp.StartAsync();
        await using var embedded = typeof(ScouthookManagementOptions).Assembly.GetManifestResourceStream($"dashboard/{name}")!;
        var expected = new byte[embedded.Length];
        await embedded.ReadExactlyAsync(expected, TestContext.Current.CancellationToken);

        var path = name == "blazor.web.js" ? "/scouthook/_framework/" : "/scouthook/_assets/";
        using var response = await app.SendAsync(HttpMethod.Get, path + name, key: null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(expected.Length > 200, $"{name} has {expected.Length} bytes.");
    }

    [Fact]
    public async Task Every_file_that_a_page_names_is_served()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        var page = await browser.GetTextAsync("/scouthook/");
        var names = page.Split('"').Where(text => text.StartsWith("_assets/", StringComparison.Ordinal)
            || text.StartsWith("_framework/", StringComparison.Ordinal)).Distinct().ToList();

        Assert.True(names.Count >= 6, string.Join(", ", names));
        foreach (var name in names)
        {
            using var response = await browser.GetAsync($"/scouthook/{name}");
            Assert.Equal((HttpStatusCode.OK, name), (response.StatusCode, name));
        }
    }

    [Fact]
    public async Task Every_answer_has_one_policy_and_the_app_has_none()
    {
        await using var app = await StartWithOwnRouteAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        foreach (var path in new[] { "/scouthook/", "/scouthook/sign-in", "/scouthook/_assets/dashboard.js" })
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal((path, Policy), (path, string.Join(" | ", response.Headers.GetValues("Content-Security-Policy"))));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        using var own = await browser.GetAsync("/own");
        Assert.False(own.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Path_base_of_the_app_is_part_of_every_address()
    {
        await using var app = await ManagedApp.StartAsync(map: application =>
        {
            application.UsePathBase("/support");
            application.UseRouting();
            application.MapScouthook();
            application.MapScouthookManagement("/hooks/admin");
        });
        using var browser = await DashboardBrowser.SignInAsync(app, path: "/support/hooks/admin");

        var page = await browser.GetTextAsync("/support/hooks/admin/events");

        Assert.Contains("<base href=\"/support/hooks/admin/\"", page, StringComparison.Ordinal);
        Assert.Contains(browser.Cookies, cookie => cookie is { Name: "scouthook-session", Path: "/support/hooks/admin" });
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await browser.ConnectAsync(browser.Origin));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/events")]
    [InlineData("/sign-in")]
    [InlineData("/_blazor")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_assets/dashboard.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js")]
    [InlineData("/scouthookevents")]
    public async Task Nothing_answers_outside_the_path(string path)
    {
        await using var app = await StartWithOwnRouteAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        using var response = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/scouthook/wp-login.php", HttpStatusCode.NotFound)]
    [InlineData("/scouthook/api/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/scouthook/api/v1/events", HttpStatusCode.Unauthorized)]
    public async Task Dashboard_takes_no_path_of_the_api(string path, HttpStatusCode expected)
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        using var response = await browser.GetAsync(path);

        // The cookie of the dashboard is no key of the API.
        Assert.Equal((expected, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task App_gets_no_services_of_the_dashboard()
    {
        await using var app = await ManagedApp.StartAsync(
            builder => Assert.DoesNotContain(builder.Services, service => IsOfTheDashboard(service.ServiceType)));

        using var response = await app.SendAsync(HttpMethod.Get, "/scouthook/sign-in", key: null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Circuit_of_another_origin_is_rejected(string? origin, HttpStatusCode expected)
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        Assert.Equal(expected, await browser.ConnectAsync(origin));
    }

    [Fact]
    public async Task Circuit_of_its_own_page_is_accepted()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await browser.ConnectAsync(browser.Origin));
    }

    [Fact]
    public async Task Circuit_without_a_session_is_rejected()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = new DashboardBrowser(app);

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.ConnectAsync(browser.Origin));
    }

    [Fact]
    public async Task Circuit_is_offered_over_websockets_only()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);

        using var negotiation = await browser.PostAsync("/scouthook/_blazor/negotiate?negotiateVersion=1", browser.Origin);
        using var polling = await browser.GetAsync("/scouthook/_blazor?id=1");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (negotiation.StatusCode, polling.StatusCode));
    }

    private static Task<ManagedApp> StartWithOwnRouteAsync() => ManagedApp.StartAsync(map: application =>
    {
        application.MapScouthook();
        application.MapScouthookManagement("/scouthook");
        application.MapGet("/own", () => "own");
    });

    private static bool IsOfTheDashboard(MemberInfo type) =>
        type.Module.Assembly.GetName().Name is { } name
        && (name.StartsWith("MudBlazor", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.Antiforgery", StringComparison.Ordinal));
}
