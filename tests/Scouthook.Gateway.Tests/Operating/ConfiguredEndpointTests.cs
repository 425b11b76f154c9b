using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Endpoints declared in a configuration file that changes at run time.</summary>
public sealed class ConfiguredEndpointTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Write("""{"crm":{"Url":"https://example.com/hook"}}""");
        _gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path, Arguments = ["--config", _folder["scouthook.json"]] });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Endpoint_can_be_deleted_only_once_it_is_no_longer_declared()
    {
        var path = $"/api/v1/endpoints/{(await _gateway.Client.EndpointAsync("crm"))["id"]}";
        using var refused = await _gateway.Client.DeleteAsync(path, Cancelled);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        Write("{}");
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await _gateway.Client.JsonAsync(path))["state"] == "disabled", "the endpoint is no longer declared");

        using var deleted = await _gateway.Client.DeleteAsync(path, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Write("""{"crm":{"Url":"https://example.com/hook"}}""");
        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.Client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray().Count == 1, "its name is free");
    }

    [Fact]
    public async Task Error_in_a_changed_file_is_shown_by_the_health_check_until_fixed()
    {
        Write("""{"crm":{"Url":"https://example.com/hook","Event":"*"}}""");
        await Eventually.AnswersTrueAsync(async () => (await SettingsAsync()).Status == "degraded", "the error is reported");
        Assert.Contains("Scouthook:Endpoints:crm:Event", (await SettingsAsync()).Detail, StringComparison.Ordinal);

        Write("""{"crm":{"Url":"https://example.com/hook"}}""");
        await Eventually.AnswersTrueAsync(async () => (await SettingsAsync()).Status == "ready", "the error is fixed");
    }

    [Fact]
    public async Task Changes_made_through_the_file_are_in_the_audit_log()
    {
        Write("""{"crm":{"Url":"https://example.com/hook","Events":["tag.*"]}}""");
        await Eventually.AnswersTrueAsync(async () => (await AuditAsync()).Count == 2, "the change is recorded");
        Write("{}");
        await Eventually.AnswersTrueAsync(async () => (await AuditAsync()).Count == 3, "the removal is recorded");

        var target = $"endpoint:{(await _gateway.Client.EndpointAsync("crm"))["id"]}";
        Assert.Equal(["endpoint.create", "endpoint.change", "endpoint.change"], (await AuditAsync()).Select(it => (string?)it["action"]));
        Assert.All(await AuditAsync(), it => Assert.Equal(
            (target, "the configuration", null), ((string?)it["target"], (string?)it["actor"], (string?)it["actorKeyId"])));
        Assert.Equal("""{"events":["tag.*"]}""", (await AuditAsync())[1]["detail"]!.ToJsonString());
        Assert.Equal("""{"state":"disabled"}""", (await AuditAsync())[2]["detail"]!.ToJsonString());

        async Task<List<JsonNode>> AuditAsync() =>
            [.. (await _gateway.Client.JsonAsync("/api/v1/audit"))["items"]!.AsArray().Select(it => it!).Reverse()];
    }

    private async Task<(string? Status, string? Detail)> SettingsAsync()
    {
        var check = (await _gateway.ReadyAsync()).Json["checks"]!["settings"]!;
        return ((string?)check["status"], (string?)check["detail"]);
    }

    private void Write(string endpoints) =>
        _folder.Replace("scouthook.json", $$$"""{"Scouthook":{"Endpoints":{{{endpoints}}}}}""");
}
