using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Managing endpoints over HTTP.</summary>
public sealed class EndpointsApiTests : IAsyncLifetime
{
    private const string Nobody = "01890000-0000-7000-8000-000000000000";

    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HttpClient Client => _gateway.Client;

    public async ValueTask InitializeAsync() =>
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Endpoints:declared:Url", "https://declared.example.com/hook"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Only_a_URL_is_required()
    {
        var created = await CreateAsync("""{"url": "https://example.com/hook"}""");

        Assert.Equal("example.com", (string?)created["name"]);
        Assert.Equal("http", (string?)created["kind"]);
        Assert.Equal("https://example.com/hook", (string?)created["url"]);
        Assert.Equal("""["*"]""", created["events"]!.ToJsonString());
        Assert.Equal("[]", created["mailboxIds"]!.ToJsonString());
        Assert.Equal("resource", (string?)created["ordering"]);
        Assert.Equal((15, 10, true), ((double)created["timeoutSeconds"]!, (int)created["concurrency"]!, (bool)created["includeUnreadable"]!));
        Assert.Equal("enabled", (string?)created["state"]);
        Assert.Null(created["stateReason"]);
        Assert.Matches("^whsec_[A-Za-z0-9+/=]{32}$", (string)created["secret"]!);
        Assert.EndsWith("Z", (string?)created["createdAt"], StringComparison.Ordinal);
        await AssertFoundAsync(created);
    }

    [Fact]
    public async Task Every_member_is_applied()
    {
        var created = await CreateAsync(
            """
            {"name": "all", "url": "http://example.com:8080/a?b=c", "events": ["convo.*", "tag.created", "scouthook.*"],
             "mailboxIds": [318842, 9007199254740993], "ordering": "strict", "timeoutSeconds": 2.5, "concurrency": 3,
             "includeUnreadable": false, "secret": "a secret of their own", "startFrom": "2026-03-02T08:00:00Z"}
            """);

        Assert.Equal(("all", "http://example.com:8080/a?b=c"), ((string?)created["name"], (string?)created["url"]));
        Assert.Equal("""["convo.*","tag.created","scouthook.*"]""", created["events"]!.ToJsonString());
        Assert.Equal("[318842,9007199254740993]", created["mailboxIds"]!.ToJsonString());
        Assert.Equal(("strict", 2.5, 3), ((string?)created["ordering"], (double)created["timeoutSeconds"]!, (int)created["concurrency"]!));
        Assert.False((bool)created["includeUnreadable"]!);
        Assert.Equal("a secret of their own", (string?)created["secret"]);
        Assert.StartsWith("whsec_", (string?)created["standardWebhooksSecret"], StringComparison.Ordinal);
        await AssertFoundAsync(created);
    }

    [Fact]
    public async Task Error_is_named_and_creates_nothing()
    {
        (string Member, string Body)[] mistakes =
        [
            ("url", "{}"),
            ("url", """{"url": "ftp://example.com"}"""),
            ("url", """{"url": "/hook"}"""),
            ("url", """{"url": "https://user:password@example.com"}"""),
            ("url", """{"url": 5}"""),
            ("name", """{"url": "https://example.com", "name": ""}"""),
            ("name", """{"url": "https://example.com", "name": "two\nlines"}"""),
            ("events", """{"url": "https://example.com", "events": []}"""),
            ("events", """{"url": "https://example.com", "events": ["convo*x"]}"""),
            ("events", """{"url": "https://example.com", "events": "*"}"""),
            ("mailboxIds", """{"url": "https://example.com", "mailboxIds": ["one"]}"""),
            ("mailboxIds", """{"url": "https://example.com", "mailboxIds": [1.5]}"""),
            ("ordering", """{"url": "https://example.com", "ordering": "random"}"""),
            ("timeoutSeconds", """{"url": "https://example.com", "timeoutSeconds": 0}"""),
            ("timeoutSeconds", """{"url": "https://example.com", "timeoutSeconds": 3601}"""),
            ("timeoutSeconds", """{"url": "https://example.com", "timeoutSeconds": "15s"}"""),
            ("concurrency", """{"url": "https://example.com", "concurrency": 0}"""),
            ("concurrency", """{"url": "https://example.com", "concurrency": 1.5}"""),
            ("includeUnreadable", """{"url": "https://example.com", "includeUnreadable": "yes"}"""),
            ("secret", """{"url": "https://example.com", "secret": ""}"""),
            ("secret", """{"url": "https://example.com", "secret": "whsec_short"}"""),
            ("startFrom", """{"url": "https://example.com", "startFrom": "yesterday"}"""),
            ("uri", """{"url": "https://example.com", "uri": "https://example.com"}"""),
            ("Url", """{"Url": "https://example.com"}"""),
            ("body", "[]"),
            ("body", "{"),
        ];

        foreach (var (member, body) in mistakes)
        {
            using var answer = await PostAsync(body);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!;

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body} was answered {answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith(member + ":", (string?)problem["detail"], StringComparison.Ordinal);
        }

        Assert.Single((await Client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Name_is_unique_regardless_of_case_and_origin()
    {
        await CreateAsync("""{"url": "https://example.com", "name": "crm"}""");

        foreach (var name in new[] { "crm", "CRM", "Declared" })
        {
            using var answer = await PostAsync($$"""{"url": "https://example.com", "name": "{{name}}"}""");
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("name: " + name, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await Client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Secret_is_shown_only_at_creation_and_rotation()
    {
        var created = await CreateAsync("""{"url": "https://example.com"}""");
        var (id, secret) = ((string)created["id"]!, (string)created["secret"]!);

        var rotated = await Client.PostJsonAsync($"endpoints/{id}/rotate-secret", new { secret = "of their own" });
        string[] others =
        [
            (await Client.JsonAsync("/api/v1/endpoints")).ToJsonString(),
            (await Client.JsonAsync($"/api/v1/endpoints/{id}")).ToJsonString(),
            (await Client.PostJsonAsync($"endpoints/{id}/pause")).ToJsonString(),
            (await Client.PostJsonAsync($"endpoints/{id}/resume")).ToJsonString(),
            (await Client.PostJsonAsync($"endpoints/{id}/rotate-secret/finish")).ToJsonString(),
        ];

        Assert.Equal("of their own", (string?)rotated["secret"]);
        Assert.All(others, text =>
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("of their own", text, StringComparison.Ordinal);
            Assert.DoesNotContain("ecret\"", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Unknown_ids_get_404_and_requests_without_a_key_get_401()
    {
        string[] paths =
        [
            $"endpoints/{Nobody}/pause", $"endpoints/{Nobody}/resume", $"endpoints/{Nobody}/rotate-secret",
            $"endpoints/{Nobody}/rotate-secret/finish", "endpoints/not-an-id/pause",
        ];
        using var stranger = new HttpClient { BaseAddress = Client.BaseAddress };

        await Client.JsonAsync($"/api/v1/endpoints/{Nobody}", HttpStatusCode.NotFound);
        await stranger.JsonAsync("/api/v1/endpoints", HttpStatusCode.Unauthorized);
        await stranger.PostJsonAsync("endpoints", new { url = "https://example.com" }, HttpStatusCode.Unauthorized);
        foreach (var path in paths)
        {
            await Client.PostJsonAsync(path, null, HttpStatusCode.NotFound);
            await stranger.PostJsonAsync(path, null, HttpStatusCode.Unauthorized);
        }

        Assert.Single((await Client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray());
    }

    private async Task<JsonNode> CreateAsync(string body)
    {
        using var answer = await PostAsync(body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var created = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;
        Assert.Equal($"/api/v1/endpoints/{created["id"]}", answer.Headers.Location?.OriginalString);
        return created;
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Client.PostAsync("/api/v1/endpoints", content, Cancelled);
    }

    private async Task AssertFoundAsync(JsonNode created)
    {
        var shown = created.DeepClone().AsObject();
        shown.Remove("secret");
        shown.Remove("standardWebhooksSecret");
        Assert.Equal(shown.ToJsonString(), (await Client.JsonAsync($"/api/v1/endpoints/{created["id"]}")).ToJsonString());
        Assert.Equal(shown.ToJsonString(), (await Client.EndpointAsync((string)created["name"]!)).ToJsonString());
    }
}
