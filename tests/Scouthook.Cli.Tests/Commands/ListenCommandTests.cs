using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Usage errors of <c>listen</c>; <see cref="Listening.ListenerTests"/> cover the rest.</summary>
public sealed class ListenCommandTests
{
    [Theory]
    [InlineData("--forward-to must be a URL", "--forward-to", "localhost:3000")]
    [InlineData("--silence must be between 3s and 1h", "--forward-to", "http://localhost:3000", "--silence", "1s")]
    [InlineData("--after must be", "--forward-to", "http://localhost:3000", "--after", "-1")]
    public async Task Usage_error_is_reported_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = await RunAsync(["listen", "--key", "shk_0", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
