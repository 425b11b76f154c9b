using System.Text;
using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class VerifyCommandTests
{
    private const string Body = "{\"id\":4711}";
    private const string Signature = "6SuhMFURWqcm/W0V4MIgWpApEio=";

    [Fact]
    public async Task Valid_signature_exits_with_0()
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(Body));

        var run = await RunAsync("verify", "--secret", Secret, "--signature", Signature, "--file", file.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Valid", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("without the line break at the end", Body + "\n", Signature)]
    [InlineData("28 characters that end with '='", Body, "")]
    [InlineData("the secret is wrong", Body, "RziTO686hTYESiwga7Bf0Pt2n2g=")]
    public async Task Invalid_signature_exits_with_1_and_gives_the_reason(string expected, string body, string signature)
    {
        var run = await RunAsync(["verify", "--secret", Secret, "--signature", signature], Encoding.UTF8.GetBytes(body));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Not valid", run.Output, StringComparison.Ordinal);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Signature, 0, true, null)]
    [InlineData("455zAv1QP46jmSsSm7weyPCGMHY=", 1, false, "mismatch")]
    [InlineData("abc", 1, false, "malformed")]
    [InlineData(" ", 1, false, "missing")]
    public async Task Json_output_is_one_line_with_the_same_result(string signature, int exitCode, bool valid, string? reason)
    {
        var run = await RunAsync(
            ["verify", "--secret", Secret, "--signature", signature, "--json"], Encoding.UTF8.GetBytes(Body));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(valid, run.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(reason, run.Json.GetProperty("reason").GetString());
        Assert.Equal(valid, run.Json.GetProperty("hint").GetString() is null);
        Assert.Equal(Body.Length, run.Json.GetProperty("bytes").GetInt32());
    }

    [Theory]
    [InlineData("--signature", "verify", "--secret", Secret)]
    [InlineData("SCOUTHOOK_SECRET", "verify", "--signature", Signature)]
    [InlineData("Cannot read", "verify", "--secret", Secret, "--signature", Signature, "--file", "no-such-file")]
    public async Task Usage_error_is_reported_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
