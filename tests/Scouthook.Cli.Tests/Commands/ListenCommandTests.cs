using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>What <c>listen</c> is asked wrongly; what it does when asked rightly is tested with its listener.</summary>
public sealed class ListenCommandTests
{
    [Theory]
    [InlineData("--forward-to must be a URL", "--forward-to", "localhost:3000")]
    [InlineData("--silence must be between 3s and 1h", "--forward-to", "http://localhost:3000", "--silence", "1s")]
    [InlineData("--after must be", "--forward-to", "http://localhost:3000", "--after", "-1")]
    public async Task Wrong_usage_is_told_and_exits_with_2(string told, params string[] arguments)
    {
        var run = await RunAsync(["listen", "--key", "shk_0", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }
}
