using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Keys, the permissions of their roles, and the audit log of their use.</summary>
public sealed class KeysApiTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("viewer", 403, 403, 403)]
    [InlineData("operator", 404, 404, 403)]
    [InlineData("admin", 404, 404, 201)]
    public async Task Role_has_its_documented_permissions(string role, int body, int retry, int keys)
    {
        const string nobody = "01890000-0000-7000-8000-000000000000";
        using var client = await ClientAsync(role);

        Assert.Equal(200, await StatusAsync(client.GetAsync("/api/v1/events", Cancelled)));
        Assert.Equal(200, await StatusAsync(client.GetAsync("/api/v1/stats", Cancelled)));
        Assert.Equal(body, await StatusAsync(client.GetAsync($"/api/v1/events/{nobody}/body", Cancelled)));
        Assert.Equal(retry, await StatusAsync(client.PostAsync($"/api/v1/deliveries/{nobody}/retry", null, Cancelled)));
        Assert.Equal(
            keys, await StatusAsync(client.PostAsJsonAsync("/api/v1/keys", new { name = "another", role = "viewer" }, Cancelled)));
        Assert.Equal(keys == 201 ? 200 : 403, await StatusAsync(client.GetAsync("/api/v1/audit", Cancelled)));
        Assert.Equal(
            keys == 201 ? 201 : 403,
            await StatusAsync(client.PostAsJsonAsync("/api/v1/endpoints", new { url = "https://endpoint.example.com/x" }, Cancelled)));
    }

    [Fact]
    public async Task Revoked_key_is_rejected_and_the_audit_log_shows_who_did_it()
    {
        var key = await _gateway.Client.PostJsonAsync(
            "keys", new { name = "night shift", role = "operator" }, HttpStatusCode.Created);
        using var client = With((string)key["key"]!);
        Assert.Equal(200, await StatusAsync(client.GetAsync("/api/v1/events", Cancelled)));

        Assert.Equal(204, await StatusAsync(_gateway.Client.DeleteAsync($"/api/v1/keys/{key["id"]}", Cancelled)));

        using var refused = await client.GetAsync("/api/v1/events", Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("revoked", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(409, await StatusAsync(_gateway.Client.DeleteAsync($"/api/v1/keys/{key["id"]}", Cancelled)));
        Assert.Equal(404, await StatusAsync(_gateway.Client.DeleteAsync("/api/v1/keys/01890000-0000-7000-8000-000000000000", Cancelled)));
        var audit = (await _gateway.Client.JsonAsync("/api/v1/audit"))["items"]!.AsArray();
        Assert.Equal(["key.revoke", "key.create"], audit.Select(it => (string)it!["action"]!));
        Assert.All(audit, it => Assert.Equal($"key:{key["id"]}", (string?)it!["target"]));
        Assert.DoesNotContain((string)key["key"]!, audit.ToJsonString(), StringComparison.Ordinal);
        var items = (await _gateway.Client.JsonAsync("/api/v1/keys"))["items"]!.AsArray();
        Assert.Equal(["configured", "created"], items.Select(it => (string?)it!["origin"]));
        var shown = items[1]!;
        Assert.Null(shown["key"]);
        Assert.NotNull(shown["revokedAt"]);
    }

    [Fact]
    public async Task Key_survives_a_restart_and_is_not_stored_in_clear_text()
    {
        var text = (string)(await _gateway.Client.PostJsonAsync(
            "keys", new { name = "kept", role = "viewer" }, HttpStatusCode.Created))["key"]!;
        var setup = new GatewaySetup { Folder = _folder.Path };
        await _gateway.DisposeAsync();
        _gateway = await HostedGateway.StartAsync(setup);

        using var client = With(text);
        Assert.Equal(200, await StatusAsync(client.GetAsync("/api/v1/events", Cancelled)));
        Assert.DoesNotContain(
            text, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(setup.Database, Cancelled)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ends_once_its_key_is_revoked()
    {
        var key = await _gateway.Client.PostJsonAsync("keys", new { name = "gone", role = "viewer" }, HttpStatusCode.Created);
        using var client = With((string)key["key"]!);
        await using var stream = await client.GetStreamAsync("/api/v1/stream", Cancelled);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("id: ", await reader.ReadLineAsync(Cancelled), StringComparison.Ordinal);

        using var revoked = await _gateway.Client.DeleteAsync($"/api/v1/keys/{key["id"]}", Cancelled);

        // The stream checks its key after every 15 seconds without a message.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(40));
        await reader.ReadToEndAsync(patience.Token);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", "name")]
    [InlineData("""{"name":"x","role":"boss"}""", "role")]
    [InlineData("""{"name":"x","role":"viewer","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","role":"viewer","until":"never"}""", "until")]
    public async Task Error_in_a_new_key_is_named(string body, string member)
    {
        using var answer = await _gateway.Client.PostAsync(
            "/api/v1/keys", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(
            $"{member}: ", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!["detail"], StringComparison.Ordinal);
    }

    private static async Task<int> StatusAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        return (int)answer.StatusCode;
    }

    private async Task<HttpClient> ClientAsync(string role) => With((string)(await _gateway.Client.PostJsonAsync(
        "keys", new { name = $"a {role}", role }, HttpStatusCode.Created))["key"]!);

    private HttpClient With(string key)
    {
        var client = new HttpClient { BaseAddress = _gateway.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
