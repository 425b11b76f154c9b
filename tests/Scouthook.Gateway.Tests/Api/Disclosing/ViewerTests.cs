using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Scouthook.Signing;

namespace Scouthook.Gateway.Tests.Api.Disclosing;

/// <summary>Information that the role <c>viewer</c> must not see in any response.</summary>
public sealed class ViewerTests : IAsyncLifetime
{
    private const string Preview = "my card number is 4111";
    private const string Subject = "An ordinary subject";
    private const string Token = "token-in-the-path";

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;
    private HttpClient _viewer = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
            .To("crm", $"{_sink["secretive"].Url}/{Token}?key={Token}"));
        var key = (string)(await _gateway.Client.PostJsonAsync("keys", new { name = "v", role = "viewer" }, HttpStatusCode.Created))["key"]!;
        _viewer = new HttpClient { BaseAddress = _gateway.Client.BaseAddress };
        _viewer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async ValueTask DisposeAsync()
    {
        _viewer.Dispose();
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Signature_and_proxy_headers_are_not_shown_to_viewers()
    {
        var sent = Some.Event(1);
        Assert.Equal(200, (await _gateway.SendAsync(sent.Request()
            .With("X-Amzn-Oidc-Accesstoken", "proxy-token").With("X-Original-URL", "/webhook?pass=proxy-token"))).Status);
        var signature = HelpScoutSignature.Sign(sent.Body, GatewaySetup.Secret);
        var id = (await _gateway.Client.EventsAsync()).Single()["id"];

        var seen = await _viewer.GetStringAsync($"/api/v1/events/{id}", Cancelled);
        var whole = await _gateway.Client.JsonAsync($"/api/v1/events/{id}");

        Assert.Contains(whole["headers"]!.AsArray(), header => (string?)header!["value"] == signature);
        Assert.DoesNotContain("X-HelpScout-Signature", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("proxy-token", seen, StringComparison.Ordinal);
        Assert.Contains("Help Scout/Webhooks", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_URLs_are_reduced_to_the_host_for_viewers()
    {
        await KeepAsync(1, Subject, Preview);
        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.Client.DeliveriesAsync()).Any(it => (int)it["attempts"]! > 0), "the delivery is attempted");
        var id = (await _gateway.Client.EndpointAsync("crm"))["id"];

        Assert.Contains(Token, (string?)(await _gateway.Client.EndpointAsync("crm"))["url"], StringComparison.Ordinal);
        var url = new Uri(_sink["secretive"].Url);
        Assert.Equal($"http://{url.Authority}", (string?)(await _viewer.EndpointAsync("crm"))["url"]);
        foreach (var path in Everything().Append($"endpoints/{id}"))
        {
            Assert.DoesNotContain(Token, await _viewer.GetStringAsync($"/api/v1/{path}", Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Title_taken_from_a_preview_is_shown_only_to_roles_that_may_read_bodies()
    {
        await KeepAsync(1, subject: null, Preview);
        await KeepAsync(2, Subject, Preview);
        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.Client.DeliveriesAsync()).Count == 2, "both are dispatched");
        var id = (await _gateway.Client.EventsAsync()).Single(it => (string?)it["title"] == Preview)["id"];

        foreach (var path in Everything().Append($"events/{id}"))
        {
            Assert.DoesNotContain(Preview, await _viewer.GetStringAsync($"/api/v1/{path}", Cancelled), StringComparison.Ordinal);
            Assert.DoesNotContain(Preview, await CsvAsync(_viewer, path), StringComparison.Ordinal);
        }

        Assert.Equal([Subject, null], (await _viewer.EventsAsync()).Select(it => (string?)it["title"]));
        Assert.Equal([Subject, null], (await _viewer.DeliveriesAsync()).Select(it => (string?)it["title"]));
        Assert.Equal([Subject, Preview], (await _gateway.Client.DeliveriesAsync()).Select(it => (string?)it["title"]));
        Assert.Contains(Preview, await CsvAsync(_gateway.Client, "events"), StringComparison.Ordinal);
        Assert.Contains(Preview, await StreamAsync(_gateway.Client), StringComparison.Ordinal);
        var stream = await StreamAsync(_viewer);
        Assert.Contains(Subject, stream, StringComparison.Ordinal);
        Assert.DoesNotContain(Preview, stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_by_viewers_does_not_match_previews()
    {
        await KeepAsync(1, subject: null, Preview);
        await KeepAsync(2, Subject, Preview);
        var query = $"q={Uri.EscapeDataString(Preview[..12])}";

        Assert.Single(await _gateway.Client.EventsAsync(query));
        Assert.Empty(await _viewer.EventsAsync(query));
        Assert.Single(await _viewer.EventsAsync($"q={Uri.EscapeDataString(Subject[..6])}"));
    }

    /// <remarks>A token in the URL of a subject could once be guessed one character at a time.</remarks>
    [Fact]
    public async Task Search_by_viewers_matches_only_what_they_see_of_a_title()
    {
        foreach (var (number, url) in new[] { "https://app.example.com/t0ken", "wss://app.example.com/t0ken", "//app.example.com/t0ken" }.Index())
        {
            await KeepAsync(number, $"{number}: {url} broken", Preview);
            var (host, token) = (Query(url[..^"/t0ken".Length]), Query(url[..^"ken".Length]));

            Assert.Single(await _viewer.EventsAsync(host));
            Assert.Empty(await _viewer.EventsAsync(token));
            Assert.Single(await _gateway.Client.EventsAsync(token));

            string Query(string shown) => $"q={Uri.EscapeDataString($"{number}: {shown}")}";
        }

        foreach (var path in Everything())
        {
            Assert.DoesNotContain("t0ken", await _viewer.GetStringAsync($"/api/v1/{path}", Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Public_routes_reveal_neither_paths_nor_names()
    {
        await KeepAsync(1, Subject, Preview);
        using var stranger = new HttpClient { BaseAddress = _gateway.Client.BaseAddress };

        Assert.Equal("""{"status":"ready"}""", await stranger.GetStringAsync("/readyz", Cancelled));
        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.MetricsAsync()).Contains("scouthook_delivery_pending{", StringComparison.Ordinal), "pending deliveries are counted");
        var metrics = await stranger.GetStringAsync("/metrics", Cancelled);
        Assert.DoesNotContain("crm", metrics, StringComparison.Ordinal);
        Assert.Contains(
            $"scouthook_endpoint=\"{(await _gateway.Client.EndpointAsync("crm"))["id"]}\"", metrics, StringComparison.Ordinal);
        var health = await _viewer.JsonAsync("/api/v1/health");
        Assert.Equal("ready", (string?)health["status"]);
        Assert.Contains("store", health["checks"]!.AsObject().Select(check => check.Key));
    }

    private static IEnumerable<string> Everything() =>
        ["events", "events?type=scouthook.*", "deliveries", "endpoints", "replays", "stats", "sources", "health"];

    private async Task KeepAsync(int number, string? subject, string preview)
    {
        var body = JsonNode.Parse(Some.Event(number).Body)!;
        body["subject"] = subject;
        body["preview"] = preview;
        Assert.Equal(200, (await _gateway.PostAsync(new SentEvent("convo.status", Encoding.UTF8.GetBytes(body.ToJsonString())))).Status);
    }

    private static async Task<string> CsvAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await client.SendAsync(request, Cancelled);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    /// <summary>Reads the stream from the beginning up to the second event.</summary>
    private static async Task<string> StreamAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/v1/stream?after=0", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancelled));
        var text = new StringBuilder();
        for (var events = 0; events < 2;)
        {
            var line = await reader.ReadLineAsync(Cancelled);
            text.AppendLine(line);
            events += line?.StartsWith("data: ", StringComparison.Ordinal) == true && line.Contains("\"sequence\"", StringComparison.Ordinal) ? 1 : 0;
        }

        return text.ToString();
    }
}
