using System.Net;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>Source of the answers: <c>/mailbox-api/endpoints/webhooks</c>.</summary>
public sealed class WebhooksApiTests : IAsyncLifetime
{
    private HelpScoutEmulator _helpScout = null!;
    private ApiClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EmulatedWebhook Registered => Assert.Single(_helpScout.Webhooks);

    public static TheoryData<string> AcceptedNames =>
        [.. HelpScoutEventCatalog.All.Select(type => type.Name).Where(name => name != "convo.ai-answers.created")];

    public async ValueTask InitializeAsync()
    {
        _helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        _client = await ApiClient.ConnectAsync(_helpScout);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _helpScout.DisposeAsync();
    }

    [Fact]
    public async Task Created_webhook_gets_201_with_an_empty_body_and_its_id_in_headers()
    {
        using var response = await _client.PostAsync("v2/webhooks", ApiClient.Webhook);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal($"{Registered.Id}", response.Headers.GetValues("Resource-ID").Single());
        Assert.Equal(new Uri(_helpScout.Address, $"v2/webhooks/{Registered.Id}"), response.Headers.Location);
    }

    [Fact]
    public async Task Created_webhook_has_the_documented_defaults()
    {
        using var response = await _client.PostAsync("v2/webhooks", ApiClient.Webhook);

        var webhook = await _client.GetJsonAsync($"v2/webhooks/{Registered.Id}");

        Assert.True(JsonNode.DeepEquals(webhook, new JsonObject
        {
            ["id"] = Registered.Id,
            ["url"] = "https://example.com/webhook",
            ["state"] = "enabled",
            ["events"] = new JsonArray("convo.created"),
            ["notification"] = false,
            ["payloadVersion"] = "V2",
            ["mailboxIds"] = new JsonArray(),
            ["_links"] = new JsonObject
            {
                ["self"] = new JsonObject { ["href"] = $"{_helpScout.Address}v2/webhooks/{Registered.Id}" },
            },
        }), webhook.ToJsonString());
    }

    [Fact]
    public async Task Every_member_is_kept_except_the_secret_which_is_never_returned()
    {
        var json = ApiClient.Webhook;
        json["label"] = "Orders";
        json["notification"] = true;
        json["payloadVersion"] = "V3";
        json["mailboxIds"] = new JsonArray(318842, 318907);

        using var response = await _client.PostAsync("v2/webhooks", json);
        var webhook = await _client.GetJsonAsync($"v2/webhooks/{Registered.Id}");

        Assert.Equal(("Orders", true, "V3"), ((string?)webhook["label"], (bool)webhook["notification"]!, (string?)webhook["payloadVersion"]));
        Assert.Equal("[318842,318907]", webhook["mailboxIds"]!.ToJsonString());
        Assert.DoesNotContain("a-secret-for-tests", webhook.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(webhook["secret"]);
    }

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public async Task Each_of_25_events_is_accepted(string name)
    {
        var json = ApiClient.Webhook;
        json["events"] = new JsonArray(name);

        using var response = await _client.PostAsync("v2/webhooks", json);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task The_26th_event_is_accepted_in_the_UI_only()
    {
        var json = ApiClient.Webhook;
        json["events"] = new JsonArray("convo.ai-answers.created");

        using var response = await _client.PostAsync("v2/webhooks", json);
        var webhook = _helpScout.AddWebhook("https://example.com/webhook", "secret", "convo.ai-answers.created");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["convo.ai-answers.created"], webhook.Events);
        Assert.Equal(26, _helpScout.AddWebhook("https://example.com/webhook", "secret").Events.Count);
    }

    [Theory]
    [InlineData("url", null, "NotEmpty")]
    [InlineData("url", "\"\"", "NotEmpty")]
    [InlineData("url", "\"example.com/webhook\"", "URL")]
    [InlineData("url", "\"ftp://example.com\"", "URL")]
    [InlineData("url", "7", "Type")]
    [InlineData("secret", null, "NotEmpty")]
    [InlineData("secret", "\"\"", "NotEmpty")]
    [InlineData("events", null, "NotEmpty")]
    [InlineData("events", "[]", "NotEmpty")]
    [InlineData("events", "\"convo.created\"", "NotEmpty")]
    [InlineData("events", "[\"convo.created\",\"convo.updated\"]", "EnumValue")]
    [InlineData("events", "[\"Convo.Created\"]", "EnumValue")]
    [InlineData("payloadVersion", "\"V1\"", "EnumValue")]
    [InlineData("state", "\"off\"", "EnumValue")]
    [InlineData("notification", "\"yes\"", "Type")]
    [InlineData("label", "{}", "Type")]
    [InlineData("mailboxIds", "318842", "Type")]
    [InlineData("mailboxIds", "[\"a\"]", "InvalidIdentifier")]
    [InlineData("mailboxIds", "[-1]", "InvalidIdentifier")]
    public async Task Mistake_is_reported_for_its_member(string path, string? value, string code)
    {
        var json = ApiClient.Webhook;
        json.Remove(path);
        if (value is not null)
        {
            json[path] = JsonNode.Parse(value);
        }

        using var response = await _client.PostAsync("v2/webhooks", json);
        var body = await ApiClient.JsonAsync(response);
        var error = Assert.Single(body["_embedded"]!["errors"]!.AsArray())!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/vnd.error+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bad request", (string?)body["message"]);
        Assert.NotEqual("", (string)body["logRef"]!);
        Assert.Equal((path, "JSON"), ((string?)error["path"], (string?)error["source"]));
        Assert.NotEqual("", (string)error["message"]!);
        Assert.EndsWith($"/mailbox-api/overview/errors#{code}", (string)error["_links"]!["about"]!["href"]!, StringComparison.Ordinal);
        Assert.Empty(_helpScout.Webhooks);
    }

    [Fact]
    public async Task Every_mistake_is_reported_at_once_with_the_rejected_value()
    {
        using var response = await _client.PostAsync("v2/webhooks", new JsonObject { ["events"] = new JsonArray("convo.updated") });

        var errors = (await ApiClient.JsonAsync(response))["_embedded"]!["errors"]!.AsArray();

        Assert.Equal(["url", "secret", "events"], errors.Select(error => (string?)error!["path"]));
        Assert.Equal([null, null, "convo.updated"], errors.Select(error => (string?)error!["rejectedValue"]));
    }

    [Fact]
    public async Task Secret_of_more_than_40_characters_is_accepted_unless_the_limit_is_enforced()
    {
        var json = ApiClient.Webhook;
        json["secret"] = new string('s', 41);
        await using var strict = await HelpScoutEmulator.StartAsync(options => options.EnforceSecretLength = true, Cancellation);
        using var strictClient = await ApiClient.ConnectAsync(strict);

        using var accepted = await _client.PostAsync("v2/webhooks", json.DeepClone());
        using var rejected = await strictClient.PostAsync("v2/webhooks", json.DeepClone());
        json["secret"] = new string('s', 40);
        using var short40 = await strictClient.PostAsync("v2/webhooks", json);

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.Created),
            (accepted.StatusCode, rejected.StatusCode, short40.StatusCode));
        Assert.DoesNotContain(new string('s', 41), await rejected.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_list_has_no_embedded_member()
    {
        var page = await _client.GetJsonAsync("v2/webhooks");

        Assert.Null(page["_embedded"]);
        Assert.Equal("""{"size":50,"totalElements":0,"totalPages":0,"number":1}""", page["page"]!.ToJsonString());
    }

    [Fact]
    public async Task List_is_paged_from_1_with_links()
    {
        foreach (var number in Enumerable.Range(1, 51))
        {
            _helpScout.AddWebhook($"https://example.com/{number}", "secret");
        }

        var first = await _client.GetJsonAsync("v2/webhooks");
        var second = await _client.GetJsonAsync("v2/webhooks?page=2");

        Assert.Equal((50, 1), (first["_embedded"]!["webhooks"]!.AsArray().Count, second["_embedded"]!["webhooks"]!.AsArray().Count));
        Assert.Equal("""{"size":50,"totalElements":51,"totalPages":2,"number":2}""", second["page"]!.ToJsonString());
        Assert.Equal($"{_helpScout.Address}v2/webhooks?page=2", (string?)first["_links"]!["next"]!["href"]);
        Assert.Equal($"{_helpScout.Address}v2/webhooks?page=1", (string?)second["_links"]!["first"]!["href"]);
        Assert.Equal($"{_helpScout.Address}v2/webhooks?page=2", (string?)second["_links"]!["last"]!["href"]);
        Assert.Equal($"{_helpScout.Address}v2/webhooks{{?page}}", (string?)second["_links"]!["page"]!["href"]);
        Assert.True((bool)second["_links"]!["page"]!["templated"]!);
        Assert.Null(second["_links"]!["next"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("two")]
    public async Task Page_that_is_not_a_number_from_1_gets_400(string page)
    {
        using var response = await _client.GetAsync($"v2/webhooks?page={page}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Replaced_webhook_gets_204_and_keeps_its_id()
    {
        var id = _helpScout.AddWebhook("https://example.com/old", "secret", "convo.created", "convo.deleted").Id;

        using var response = await _client.PutAsync($"v2/webhooks/{id}", ApiClient.Webhook);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((id, "https://example.com/webhook"), (Registered.Id, Registered.Url));
        Assert.Equal(["convo.created"], Registered.Events);
    }

    [Fact]
    public async Task Replacing_requires_the_secret()
    {
        var id = _helpScout.AddWebhook("https://example.com/old", "secret").Id;
        var json = await _client.GetJsonAsync($"v2/webhooks/{id}");
        json["events"] = new JsonArray("convo.created");

        using var response = await _client.PutAsync($"v2/webhooks/{id}", json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("https://example.com/old", Registered.Url);
    }

    [Theory]
    [InlineData("enabled", true)]
    [InlineData("disabled", false)]
    [InlineData(null, false)]
    public async Task State_of_a_disabled_webhook_is_changed_by_replacing_it(string? state, bool isEnabled)
    {
        var id = _helpScout.AddWebhook("https://example.com/old", "secret").Id;
        _helpScout.Disable(id);
        var json = ApiClient.Webhook;
        json["state"] = state;

        Assert.Equal("disabled", (string?)(await _client.GetJsonAsync($"v2/webhooks/{id}"))["state"]);
        using var response = await _client.PutAsync($"v2/webhooks/{id}", json);

        Assert.Equal((HttpStatusCode.NoContent, isEnabled), (response.StatusCode, Registered.IsEnabled));
    }

    [Fact]
    public async Task Deleted_webhook_gets_204_and_is_gone()
    {
        var id = _helpScout.AddWebhook("https://example.com/webhook", "secret").Id;

        using var deleted = await _client.DeleteAsync($"v2/webhooks/{id}");
        using var again = await _client.DeleteAsync($"v2/webhooks/{id}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
        Assert.Empty(_helpScout.Webhooks);
    }

    [Fact]
    public async Task Unknown_webhook_gets_404()
    {
        using var got = await _client.GetAsync("v2/webhooks/4711");
        using var replaced = await _client.PutAsync("v2/webhooks/4711", ApiClient.Webhook);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (got.StatusCode, replaced.StatusCode));
        Assert.Equal("Not Found", (string?)(await ApiClient.JsonAsync(got))["message"]);
    }
}
