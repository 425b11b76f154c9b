using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class ScouthookCommandTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("demo", "--help")]
    [InlineData("emit", "--help")]
    [InlineData("sign", "--help")]
    [InlineData("verify", "-h")]
    [InlineData("asyncapi", "--help")]
    [InlineData("validate", "--help")]
    [InlineData("webhooks", "--help")]
    [InlineData("webhooks", "create", "--help")]
    [InlineData("webhooks", "apply", "--help")]
    public async Task Help_shows_usage_and_examples(params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"scouthook{(arguments.Length > 1 ? " " + arguments[0] : "")} ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--fault", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_exits_with_2()
    {
        var run = await RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emti")]
    [InlineData("--unknown")]
    public async Task Unknown_command_exits_with_2(string argument)
    {
        var run = await RunAsync(argument);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(argument, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_printed()
    {
        var run = await RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    [Theory]
    [InlineData("TERM", "xterm-256color")]
    [InlineData("GITHUB_ACTIONS", "true")]
    public async Task Redirected_output_has_no_colours(string variable, string value)
    {
        var run = await RunAsync(["demo", "--exit"], null, (variable, value));

        Assert.DoesNotContain('\u001b', run.Output);
    }
}
