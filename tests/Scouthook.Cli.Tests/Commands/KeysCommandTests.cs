using System.Globalization;
using System.Net;
using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Keys by asking a gateway that runs.</summary>
public sealed class KeysCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    [Fact]
    public async Task Key_is_shown_once_works_and_does_not_once_it_is_revoked()
    {
        var made = await gateway.JsonAsync("keys", "create", "--name", "night shift", "--role", "viewer");
        var (id, key) = (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);

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
            .Single(it => it.GetProperty("id").GetString() == id).GetProperty("revokedAt").GetString());
    }

    [Fact]
    public async Task Key_is_not_taken_once_it_has_expired()
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(5);
        var key = (string)(await gateway.Gateway.Client.PostJsonAsync(
            "keys", new { name = "guest", role = "admin", expiresAt = end.ToString("O", CultureInfo.InvariantCulture) }, HttpStatusCode.Created))["key"]!;
        Finished? last = null;
        await Eventually.AnswersTrueAsync(
            async () => (last = await gateway.RunWithAsync(key, "events")).ExitCode != 0, "it is refused");
        var later = await gateway.JsonAsync("keys", "create", "--name", "guest", "--role", "admin", "--expires-at", "2120-01-01");

        Assert.Equal(1, last!.ExitCode);
        Assert.Contains("The API key has expired.", last.Error, StringComparison.Ordinal);
        Assert.Equal("2120-01-01T00:00:00Z", later.GetProperty("expiresAt").GetString());
        Assert.Equal(0, (await gateway.RunWithAsync(later.GetProperty("key").GetString()!, "events")).ExitCode);
    }

    [Theory]
    [InlineData(2, "'boss'", "create", "--name", "x", "--role", "boss")]
    [InlineData(2, "name: ", "create", "--role", "admin", "--name", " ")]
    [InlineData(2, "expiresAt: must be in the future", "create", "--name", "x", "--role", "admin", "--expires-at", "2001-01-01")]
    [InlineData(2, "is not the id of a key", "revoke", "shk")]
    public async Task Mistake_is_named(int exitCode, string told, params string[] arguments)
    {
        var run = await gateway.RunAsync(["keys", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_does_not_see_keys()
    {
        var run = await gateway.RunWithAsync(await gateway.KeyAsync("operator"), "keys");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("role", run.Error, StringComparison.Ordinal);
    }
}
