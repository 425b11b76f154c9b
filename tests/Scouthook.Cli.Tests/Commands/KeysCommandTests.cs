using System.Globalization;
using System.Net;
using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Manages the API keys of a running gateway.</summary>
public sealed class KeysCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    [Fact]
    public async Task Key_is_shown_once_and_works_until_it_is_revoked()
    {
        var created = await gateway.JsonAsync("keys", "create", "--name", "night shift", "--role", "viewer");
        var (id, key) = (created.GetProperty("id").GetString()!, created.GetProperty("key").GetString()!);

        var before = await gateway.RunWithAsync(key, "events");
        var list = await gateway.RunAsync("keys");
        var revoked = await gateway.RunAsync("keys", "revoke", id);
        var after = await gateway.RunWithAsync(key, "events");
        var again = await gateway.RunAsync("keys", "revoke", id);

        Assert.Equal([0, 0, 0, 1, 1], new[] { before, list, revoked, after, again }.Select(run => run.ExitCode));
        Assert.Single(list.Output.Split('\n'), line =>
            line.Contains("night shift", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
        Assert.DoesNotContain(key, list.Output, StringComparison.Ordinal);
        Assert.Contains("The API key was revoked.", after.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, after.Error, StringComparison.Ordinal);
        Assert.NotNull((await gateway.JsonAsync("keys")).EnumerateArray()
            .Single(item => item.GetProperty("id").GetString() == id).GetProperty("revokedAt").GetString());
    }

    [Fact]
    public async Task Key_is_rejected_after_it_has_expired()
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(5);
        var key = (string)(await gateway.Gateway.Client.PostJsonAsync(
            "keys", new { name = "guest", role = "admin", expiresAt = end.ToString("O", CultureInfo.InvariantCulture) }, HttpStatusCode.Created))["key"]!;
        Finished? last = null;
        await Eventually.AnswersTrueAsync(
            async () => (last = await gateway.RunWithAsync(key, "events")).ExitCode != 0, "the key is rejected");
        var longLived = await gateway.JsonAsync("keys", "create", "--name", "guest", "--role", "admin", "--expires-at", "2120-01-01");

        Assert.Equal(1, last!.ExitCode);
        Assert.Contains("The API key has expired.", last.Error, StringComparison.Ordinal);
        Assert.Equal("2120-01-01T00:00:00Z", longLived.GetProperty("expiresAt").GetString());
        Assert.Equal(0, (await gateway.RunWithAsync(longLived.GetProperty("key").GetString()!, "events")).ExitCode);
    }

    [Theory]
    [InlineData(2, "'boss'", "create", "--name", "x", "--role", "boss")]
    [InlineData(2, "--name must ", "create", "--role", "admin", "--name", " ")]
    [InlineData(2, "--expires-at must be in the future", "create", "--name", "x", "--role", "admin", "--expires-at", "2001-01-01")]
    [InlineData(2, "is not the id of a key", "revoke", "shk")]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["keys", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_may_not_list_keys()
    {
        var run = await gateway.RunWithAsync(await gateway.KeyAsync("operator"), "keys");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("role", run.Error, StringComparison.Ordinal);
    }
}
