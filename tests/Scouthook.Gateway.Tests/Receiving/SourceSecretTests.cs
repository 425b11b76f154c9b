using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>Secrets of a source that are added and ended at run time, over real sockets.</summary>
public sealed class SourceSecretTests : IDisposable
{
    private const string Secrets = "/api/v1/sources/default/secrets";

    private readonly Folder _folder = new();
    private int _sent;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Added_secret_is_accepted_from_the_next_request_on_and_is_the_current_one()
    {
        await using var gateway = await StartAsync();
        Assert.Equal(401, await SendAsync(gateway, "another"));

        var added = await AddAsync(gateway, new { secret = "another" });

        Assert.Equal(200, await SendAsync(gateway, "another"));
        Assert.Equal(200, await SendAsync(gateway, GatewaySetup.Secret));
        Assert.Equal(["stored", "configured"], (await ListAsync(gateway)).Select(secret => (string?)secret["origin"]));
        Assert.Equal((string?)added["fingerprint"], (string?)(await ListAsync(gateway))[0]["fingerprint"]);
    }

    [Fact]
    public async Task Generated_secret_is_shown_once_and_is_legal_for_Help_Scout()
    {
        await using var gateway = await StartAsync();

        var added = await AddAsync(gateway, new { });

        Assert.Matches("^[0-9a-f]{40}$", (string?)added["secret"]);
        Assert.Equal(200, await SendAsync(gateway, (string)added["secret"]!));
        Assert.DoesNotContain(
            (string)added["secret"]!,
            (await gateway.Client.JsonAsync("/api/v1/sources")).ToJsonString() + (await gateway.Client.JsonAsync("/api/v1/audit")).ToJsonString()
                + gateway.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_configured_secret_is_rejected_from_the_next_request_on_and_after_a_restart()
    {
        string? added;
        await using (var gateway = await StartAsync())
        {
            added = (string?)(await AddAsync(gateway, new { }))["secret"];
            var configured = (string)(await ListAsync(gateway))[1]["fingerprint"]!;

            Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(gateway, configured));

            Assert.Equal((401, 200), (await SendAsync(gateway, GatewaySetup.Secret), await SendAsync(gateway, added!)));
            await gateway.StopAsync();
        }

        await using (var gateway = await StartAsync())
        {
            Assert.Equal((401, 200), (await SendAsync(gateway, GatewaySetup.Secret), await SendAsync(gateway, added!)));
        }
    }

    [Fact]
    public async Task Fingerprints_are_the_same_after_a_restart_and_another_store_has_others()
    {
        IReadOnlyList<string?> before;
        await using (var gateway = await StartAsync())
        {
            await AddAsync(gateway, new { secret = "another" });
            before = await FingerprintsAsync(gateway);
            await gateway.StopAsync();
        }

        await using (var gateway = await StartAsync())
        {
            Assert.Equal(before, await FingerprintsAsync(gateway));
            Assert.Contains(before[1]!, gateway.Output, StringComparison.Ordinal);
        }

        await using var other = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path, Data = "other" });
        Assert.NotEqual(before[1], Assert.Single(await FingerprintsAsync(other)));
    }

    [Fact]
    public async Task Secret_ends_at_its_time()
    {
        await using var gateway = await StartAsync();
        await AddAsync(gateway, new { });
        var configured = (string)(await ListAsync(gateway))[1]["fingerprint"]!;

        var end = TimeProvider.System.GetUtcNow().AddSeconds(2);
        var changed = await PatchAsync(gateway, configured, new JsonObject { ["expiresAt"] = end.UtcDateTime.ToString("O") });

        Assert.Equal((HttpStatusCode.OK, "configured"), (changed.Status, (string?)changed.Body["origin"]));
        await Eventually.AnswersTrueAsync(
            async () => await SendAsync(gateway, GatewaySetup.Secret) == 401 && TimeProvider.System.GetUtcNow() >= end,
            "the secret ends");
        Assert.NotNull((await ListAsync(gateway))[1]["expiresAt"]);
    }

    [Fact]
    public async Task End_can_be_removed_again()
    {
        await using var gateway = await StartAsync();
        await AddAsync(gateway, new { });
        var configured = (string)(await ListAsync(gateway))[1]["fingerprint"]!;
        await DeleteAsync(gateway, configured);
        Assert.Equal(401, await SendAsync(gateway, GatewaySetup.Secret));

        var changed = await PatchAsync(gateway, configured, new JsonObject { ["expiresAt"] = null });

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(200, await SendAsync(gateway, GatewaySetup.Secret));
    }

    [Fact]
    public async Task Last_valid_secret_and_unknown_ones_cannot_be_ended()
    {
        await using var gateway = await StartAsync();
        var configured = (string)(await ListAsync(gateway))[0]["fingerprint"]!;

        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync(gateway, configured));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(gateway, "00000000"));
        Assert.Equal(200, await SendAsync(gateway, GatewaySetup.Secret));
        using var unknown = await gateway.Client.PostAsJsonAsync("/api/v1/sources/nobody/secrets", new { }, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_with_the_fingerprint()
    {
        await using var gateway = await StartAsync();
        var added = await AddAsync(gateway, new { });
        await DeleteAsync(gateway, (string)added["fingerprint"]!);
        await DeleteAsync(gateway, "00000000");

        var audit = (await gateway.Client.JsonAsync("/api/v1/audit"))["items"]!.AsArray();

        Assert.Equal(["source.secret.end", "source.secret.add"], audit.Select(entry => (string?)entry!["action"]));
        Assert.All(audit, entry => Assert.Equal("source:default", (string?)entry!["target"]));
        Assert.All(audit, entry => Assert.Contains((string)added["fingerprint"]!, entry!["detail"]!.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gateway_starts_with_a_stored_secret_alone_and_not_without_any()
    {
        var nothing = new GatewaySetup { Folder = _folder.Path, Secrets = [] };
        var first = await Assert.ThrowsAnyAsync<Exception>(() => HostedGateway.StartAsync(nothing));
        Assert.Contains("Scouthook:Sources:default:Secrets:0 is not set", first.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(nothing.Database));

        await using (var gateway = await StartAsync())
        {
            await gateway.StopAsync();
        }

        var second = await Assert.ThrowsAnyAsync<Exception>(() => HostedGateway.StartAsync(nothing));
        Assert.Contains("Scouthook:Sources:default:Secrets:0 is not set", second.Message, StringComparison.Ordinal);

        await using (var gateway = await StartAsync())
        {
            await AddAsync(gateway, new { secret = "stored alone" });
            await gateway.StopAsync();
        }

        await using var last = await HostedGateway.StartAsync(nothing);
        Assert.Equal((200, 401), (await SendAsync(last, "stored alone"), await SendAsync(last, GatewaySetup.Secret)));
    }

    private Task<HostedGateway> StartAsync() => HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

    private async Task<int> SendAsync(HostedGateway gateway, string secret) =>
        (await gateway.SendAsync(Some.Event(Interlocked.Increment(ref _sent)).Request(secret))).Status;

    private static async Task<JsonNode> AddAsync(HostedGateway gateway, object body) =>
        await gateway.Client.PostJsonAsync("sources/default/secrets", body, HttpStatusCode.Created);

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(HostedGateway gateway) =>
        [.. (await gateway.Client.JsonAsync("/api/v1/sources"))["items"]![0]!["secrets"]!.AsArray().Select(secret => secret!)];

    private static async Task<IReadOnlyList<string?>> FingerprintsAsync(HostedGateway gateway) =>
        [.. (await ListAsync(gateway)).Select(secret => (string?)secret["fingerprint"])];

    private static async Task<HttpStatusCode> DeleteAsync(HostedGateway gateway, string fingerprint)
    {
        using var answer = await gateway.Client.DeleteAsync($"{Secrets}/{fingerprint}", Cancelled);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PatchAsync(HostedGateway gateway, string fingerprint, JsonObject body)
    {
        using var answer = await gateway.Client.PatchAsJsonAsync($"{Secrets}/{fingerprint}", body, Cancelled);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!);
    }
}
