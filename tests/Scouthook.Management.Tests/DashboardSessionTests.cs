using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Management.Tests;

/// <summary>Signing in to the dashboard, and what ends a session.</summary>
public sealed class DashboardSessionTests
{
    [Fact]
    public async Task Page_without_a_session_leads_to_sign_in_and_back()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = new DashboardBrowser(app);

        using var page = await browser.GetAsync("/scouthook/events?type=convo.tags");
        using var signedIn = await browser.TryKeyAsync(ManagedApp.AdminKey, "/events?type=convo.tags");

        Assert.Equal("/scouthook/sign-in?returnUrl=%2Fevents%3Ftype%3Dconvo.tags", page.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.Redirect, "/scouthook/events?type=convo.tags"), (signedIn.StatusCode, signedIn.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/events")]
    [InlineData("/\\evil.example/events")]
    [InlineData("/\t/evil.example/events")]
    [InlineData("/events/../../own")]
    [InlineData("events")]
    [InlineData("/own")]
    [InlineData("/sign-out")]
    public async Task Return_address_is_a_page_of_the_dashboard(string returnUrl)
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = new DashboardBrowser(app);

        using var response = await browser.TryKeyAsync(ManagedApp.AdminKey, returnUrl);

        Assert.Equal("/scouthook/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Cookie_belongs_to_the_path_and_is_hidden_from_scripts()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = new DashboardBrowser(app);

        using var response = await browser.TryKeyAsync(ManagedApp.AdminKey);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("scouthook-session=", StringComparison.Ordinal));

        Assert.Contains("path=/scouthook;", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(ManagedApp.AdminKey, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_keys_are_limited_and_a_correct_one_never_is()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = new DashboardBrowser(app);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await browser.TryKeyAsync("a-wrong-key-for-tests");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var limited = await browser.TryKeyAsync("a-wrong-key-for-tests");
        using var correct = await browser.TryKeyAsync(ManagedApp.AdminKey);

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.NotNull(limited.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Redirect, correct.StatusCode);
    }

    [Fact]
    public async Task Form_without_its_token_signs_nobody_in()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = new DashboardBrowser(app);

        using var response = await browser.PostAsync("/scouthook/sign-in", null, ("key", ManagedApp.AdminKey));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name == "scouthook-session");
    }

    [Fact]
    public async Task Session_ends_with_its_key()
    {
        await using var app = await ManagedApp.StartAsync();
        var (id, key) = await CreateKeyAsync(app, "viewer");
        using var browser = await DashboardBrowser.SignInAsync(app, key);
        Assert.Contains("<base href=\"/scouthook/\"", await browser.GetTextAsync("/scouthook/"), StringComparison.Ordinal);

        using var revoked = await app.SendAsync(HttpMethod.Delete, $"/scouthook/api/v1/keys/{id}");
        using var page = await browser.GetAsync("/scouthook/");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.ConnectAsync(browser.Origin));
    }

    [Fact]
    public async Task Sign_out_ends_the_session()
    {
        await using var app = await ManagedApp.StartAsync();
        using var browser = await DashboardBrowser.SignInAsync(app);
        var page = await browser.GetTextAsync("/scouthook/");
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];

        using var forged = await browser.PostAsync("/scouthook/sign-out");
        Assert.Contains(browser.Cookies, cookie => cookie.Name == "scouthook-session");
        using var signedOut = await browser.PostAsync("/scouthook/sign-out", null, ("__RequestVerificationToken", token));

        Assert.Equal("/scouthook/sign-in", signedOut.Headers.Location?.OriginalString);
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name == "scouthook-session");
    }

    [Theory]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.OK)]
    public async Task Body_is_for_operators(string role, HttpStatusCode expected)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.ReceiveAsync("convo.created");
        var id = (string?)(await app.GetAsync("/scouthook/api/v1/events"))["items"]![0]!["id"];
        var (_, key) = await CreateKeyAsync(app, role);
        using var browser = await DashboardBrowser.SignInAsync(app, key);

        using var response = await browser.GetAsync($"/scouthook/events/{id}/body");

        Assert.Equal(expected, response.StatusCode);
    }

    private static async Task<(string Id, string Key)> CreateKeyAsync(ManagedApp app, string role)
    {
        using var created = await app.SendAsync(
            HttpMethod.Post, "/scouthook/api/v1/keys", body: new JsonObject { ["name"] = "pat", ["role"] = role });
        var key = JsonNode.Parse(await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return ((string)key["id"]!, (string)key["key"]!);
    }
}
