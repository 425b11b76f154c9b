using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>A gateway with one object of each kind in the management API, and keys of every kind.</summary>
public sealed class RouteWorld : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private readonly Dictionary<string, HttpClient> _clients = [];
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;
    private int _made;
    private long _addresses;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    internal HttpClient Admin => _gateway.Client;

    /// <summary>The OpenAPI document.</summary>
    internal JsonNode Document { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["refusing"].Answer = (_, _) => Task.FromResult(500);
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }
            .Delivering(attempts: 2)
            .With("Scouthook:Gateway:TrustedProxies:0", "127.0.0.1")
            .To("refusing", _sink["refusing"], ("Events", "convo.*")));
        foreach (var role in ApiRoute.Roles)
        {
            _clients.Add(role, With((string)(await MakeKeyAsync(role))["key"]!));
        }

        _clients.Add("nobody", new HttpClient { BaseAddress = Admin.BaseAddress });
        _clients.Add("unknown", With("shk_0000"));
        var revoked = await MakeKeyAsync("admin");
        using var answer = await Admin.DeleteAsync($"/api/v1/keys/{revoked["id"]}", Cancelled);
        _clients.Add("revoked", With((string)revoked["key"]!));
        _clients.Add("expired", await ExpiredAsync());
        Document = await _clients["nobody"].JsonAsync("/openapi/v1.json");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Uses a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="who">A role, or <c>nobody</c>, <c>unknown</c>, <c>revoked</c>, <c>expired</c>.</param>
    /// <param name="id">The id to use.</param>
    /// <param name="body">The body; by default a valid one.</param>
    /// <param name="query">The query string.</param>
    internal async Task<(int Status, string Text, string? ContentType)> UseAsync(
        ApiRoute route, string who, string? id = null, string? body = null, string query = "")
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(route.Method), $"/api/v1{route.PathFor(id)}{query}");
        if ((body ?? route.Body?.Invoke(this).ToJsonString()) is { } text)
        {
            request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        }

        // Each from its own address: many wrong keys from one address get 429.
        request.Headers.Add("X-Forwarded-For", new IPAddress(Interlocked.Increment(ref _addresses)).ToString());
        using var answer = await _clients[who].SendAsync(
            request,
            route.IsEndless ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
            Cancelled);
        var isEndless = route.IsEndless && answer.IsSuccessStatusCode;
        return (
            (int)answer.StatusCode,
            isEndless ? "" : await answer.Content.ReadAsStringAsync(Cancelled),
            answer.Content.Headers.ContentType?.MediaType);
    }

    internal async Task<string> EventAsync() => (string)(await StoreAsync("id"))!;

    internal async Task<string> DeadLetterAsync()
    {
        var id = await EventAsync();
        JsonNode? delivery = null;
        await Eventually.AnswersTrueAsync(
            async () => (delivery = (await Admin.DeliveriesAsync($"event={id}")).SingleOrDefault()) is not null
                && (string?)delivery["state"] == "deadLettered",
            "the delivery is a dead letter");
        return (string)delivery!["id"]!;
    }

    internal JsonObject NewEndpoint() => new()
    {
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"made {Interlocked.Increment(ref _made)}"),
        ["url"] = _sink["well"].Url,
        ["events"] = new JsonArray("customer.*"),
    };

    internal async Task<string> EndpointAsync() =>
        (string)(await Admin.PostJsonAsync("endpoints", NewEndpoint(), HttpStatusCode.Created))["id"]!;

    internal async Task<string> ReplayAsync() =>
        (string)(await Admin.PostJsonAsync("replays", new { types = new[] { "tag.*" } }, HttpStatusCode.Accepted))["id"]!;

    internal async Task<string> SourceSecretAsync() =>
        (string)(await Admin.PostJsonAsync("sources/default/secrets", new JsonObject(), HttpStatusCode.Created))["fingerprint"]!;

    internal async Task<string> KeyAsync() => (string)(await MakeKeyAsync("viewer"))["id"]!;

    private async Task<JsonNode?> StoreAsync(string member)
    {
        var sent = Some.Event(Interlocked.Increment(ref _made));
        await new Load(_gateway.Port, [sent]).RunAsync(1, Cancelled);
        var number = sent.Id();
        var found = await Admin.JsonAsync($"/api/v1/events?resource=conversation:{number}");
        return found["items"]!.AsArray().Single()![member];
    }

    private Task<JsonNode> MakeKeyAsync(string role) =>
        Admin.PostJsonAsync("keys", new { name = $"a {role}", role }, HttpStatusCode.Created);

    private async Task<HttpClient> ExpiredAsync()
    {
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(2).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var key = await Admin.PostJsonAsync(
            "keys", new { name = "short", role = "admin", expiresAt = soon }, HttpStatusCode.Created);
        var client = With((string)key["key"]!);
        await Eventually.AnswersTrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/api/v1/events", Cancelled);
                return answer.StatusCode is HttpStatusCode.Unauthorized;
            },
            "the key has expired");
        return client;
    }

    private HttpClient With(string key)
    {
        var client = new HttpClient { BaseAddress = Admin.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
