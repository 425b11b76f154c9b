using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Lists sources and manages their secrets.</summary>
public sealed class SourcesCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    [Fact]
    public async Task Secret_added_at_run_time_is_accepted_and_can_be_ended()
    {
        using var file = new Folder();
        var path = file["secret"];
        await File.WriteAllTextAsync(path, "a-secret-of-its-own-0001\n", TestContext.Current.CancellationToken);
        var added = await gateway.JsonAsync("sources", "secrets", "add", "default", "--secret-file", path);
        var fingerprint = added.GetProperty("fingerprint").GetString()!;

        var sent = await EmitAsync("a-secret-of-its-own-0001");
        var later = await gateway.JsonAsync("sources", "secrets", "end", "default", fingerprint, "--at", "48h");
        var never = await gateway.JsonAsync("sources", "secrets", "end", "default", fingerprint, "--never");
        var ended = await gateway.RunAsync("sources", "secrets", "end", "default", fingerprint);
        var refused = await EmitAsync("a-secret-of-its-own-0001");
        var shown = await gateway.RunAsync("sources", "default");

        Assert.Equal([0, 0, 1], new[] { sent, ended, refused }.Select(run => run.ExitCode));
        Assert.NotNull(later.GetProperty("expiresAt").GetString());
        Assert.Null(never.GetProperty("expiresAt").GetString());
        Assert.Contains($"Secret {fingerprint} has ended", ended.Output, StringComparison.Ordinal);
        Assert.Contains(shown.Output.Split('\n'), line =>
            line.Contains(fingerprint, StringComparison.Ordinal) && line.Contains("ended", StringComparison.Ordinal));
        Assert.DoesNotContain("a-secret-of-its-own", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_secret_is_shown_with_what_to_do_next()
    {
        var run = await gateway.RunAsync("sources", "secrets", "add", "default", "--expires-at", "1h");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Secret ", run.Output, StringComparison.Ordinal);
        Assert.Contains("scouthook sources secrets end default FINGERPRINT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_secret_file_is_named()
    {
        using var folder = new Folder();
        var path = folder["empty"];
        await File.WriteAllTextAsync(path, "\n", TestContext.Current.CancellationToken);

        var run = await gateway.RunAsync("sources", "secrets", "add", "default", "--secret-file", path);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"The file {path} is empty", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "There is no source defualt. Did you mean default?", "defualt")]
    [InlineData(1, "no such source", "secrets", "end", "default", "00000000")]
    [InlineData(2, "--at must be a time such as 48h", "secrets", "end", "default", "00000000", "--at", "soon")]
    [InlineData(2, "not both", "secrets", "end", "default", "00000000", "--at", "1h", "--never")]
    [InlineData(2, "Did you mean secrets?", "secrest", "add", "default")]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["sources", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private Task<Finished> EmitAsync(string secret) => ScouthookProcess.RunAsync(
        ["emit", "tag.created", "--to", $"http://127.0.0.1:{gateway.Gateway.Port}/webhook"], input: null, ("SCOUTHOOK_SECRET", secret));
}
