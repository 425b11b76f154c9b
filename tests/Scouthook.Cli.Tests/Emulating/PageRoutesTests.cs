using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Scouthook.Cli.Tests.Support;
using Scouthook.Signing;

namespace Scouthook.Cli.Tests.Emulating;

public sealed class PageRoutesTests
{
    private const string Secret = "scouthook-test-secret-0001";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/page/page.js", "text/javascript; charset=utf-8")]
    [InlineData("/page/page.css", "text/css; charset=utf-8")]
    [InlineData("/page/icon.svg", "image/svg+xml")]
    public async Task Page_is_served_with_a_policy_that_allows_only_its_own_files(string path, string contentType)
    {
        await using var page = await RunningPage.StartAsync();

        using var response = await page.Client.GetAsync(path, Cancelled);
        var content = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("default-src 'self';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", content, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_button_of_the_page_has_its_action()
    {
        await using var page = await RunningPage.StartAsync();
        var html = await page.Client.GetStringAsync("/", Cancelled);
        var script = await page.Client.GetStringAsync("/page/page.js", Cancelled);

        var named = System.Text.RegularExpressions.Regex.Matches(html + script, "data-action=\"([^\"]+)\"|\\bact\\(\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value + match.Groups[2].Value).Distinct().ToList();

        Assert.True(named.Count > 20);
        foreach (var name in named)
        {
            using var response = await page.Client.PostAsJsonAsync($"page/actions/{name}", new { }, Cancelled);
            Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Change_from_another_origin_is_refused(string header, string value)
    {
        await using var page = await RunningPage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "page/actions/email") { Content = JsonContent.Create(new { }) };
        page.Client.DefaultRequestHeaders.Remove("Origin");
        request.Headers.Add(header, value);

        using var response = await page.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(page.Emulator.Account.Conversations);
    }

    [Theory]
    [InlineData("GET", "page/state")]
    [InlineData("POST", "page/actions/email")]
    public async Task Name_of_another_site_that_leads_here_is_refused(string method, string path)
    {
        await using var page = await RunningPage.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = "rebound.example.com";

        using var response = await page.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", HttpStatusCode.OK)]
    public async Task Only_json_changes_anything(string contentType, HttpStatusCode expected)
    {
        await using var page = await RunningPage.StartAsync();

        using var response = await page.Client.PostAsync(
            "page/actions/email", new StringContent("{}", Encoding.UTF8, contentType), Cancelled);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected is HttpStatusCode.OK ? 1 : 0, page.Emulator.Account.Conversations.Count);
    }

    [Fact]
    public async Task Get_changes_nothing()
    {
        await using var page = await RunningPage.StartAsync();

        using var response = await page.Client.GetAsync("page/actions/email", Cancelled);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(page.Emulator.Account.Conversations);
    }

    [Fact]
    public async Task Webhook_of_the_form_receives_test_event_and_shows_it_in_its_log()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var page = await RunningPage.StartAsync();
        await page.PostAsync("page/webhooks", new { url = receiver.Address, secret = Secret });
        var id = page.Emulator.Webhooks[0].Id;

        await page.PostAsync($"page/webhooks/{id}/test", new { });
        var request = await receiver.Arrivals.Reader.ReadAsync(Cancelled);
        await page.Emulator.WaitUntilSentAsync(Cancelled);
        var text = await page.Client.GetStringAsync("page/state", Cancelled);
        var logged = JsonElement.Parse(text).GetProperty("webhooks")[0].GetProperty("log")[0];

        Assert.Equal("helpscout.test", request.EventName);
        Assert.Equal(SignatureVerification.Valid, request.Verify(Secret));
        Assert.Equal("helpscout.test", logged.GetProperty("name").GetString());
        Assert.Equal(200, logged.GetProperty("statusCode").GetInt32());
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_webhook_gets_nothing_until_it_is_enabled()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var page = await RunningPage.StartAsync();
        await page.PostAsync("page/webhooks", new { url = receiver.Address, secret = Secret });
        var id = page.Emulator.Webhooks[0].Id;

        await page.PostAsync($"page/webhooks/{id}/disable", new { });
        await page.PostAsync("page/actions/tag-create", new { });
        var refused = await page.PostRefusedAsync($"page/webhooks/{id}/test", new { });
        await page.PostAsync($"page/webhooks/{id}/enable", new { });
        await page.PostAsync("page/actions/email", new { });
        await page.Emulator.WaitUntilSentAsync(Cancelled);
        await page.PostAsync($"page/webhooks/{id}/delete", new { });

        Assert.Equal((HttpStatusCode.BadRequest, $"There is no enabled webhook {id}."), refused);
        Assert.Equal(["convo.created"], receiver.Requests.Select(request => request.EventName));
        Assert.Empty(page.Emulator.Webhooks);
    }

    [Fact]
    public async Task Chaos_switch_disturbs_what_is_sent_from_then_on()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var page = await RunningPage.StartAsync();
        page.Emulator.AddWebhook(receiver.Address, Secret);

        await page.PostAsync("page/chaos", new { simultaneousDuplicates = 1 });
        await page.PostAsync("page/actions/tag-create", new { });
        await page.Emulator.WaitUntilSentAsync(Cancelled);
        var effects = (await page.ReadAsync()).GetProperty("webhooks")[0].GetProperty("log").EnumerateArray()
            .SelectMany(attempt => attempt.GetProperty("effects").EnumerateArray());

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Contains("simultaneous duplicate", effects.Select(effect => effect.GetString()));
        Assert.Equal(0, page.Emulator.Chaos.Duplicates);
    }
}
