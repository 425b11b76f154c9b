using System.Diagnostics;
using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Completes command lines, in bash for real.</summary>
public sealed class CompletionCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    [Theory]
    [InlineData("scouthook deliveries --sta", "--state")]
    [InlineData("scouthook deliveries --state dead", "deadLettered")]
    [InlineData("scouthook sources secrets ", "add end")]
    [InlineData("scouthook events --type scouthook.di", "scouthook.disk.low")]
    public async Task Bash_completes_commands_options_and_values(string line, string expected) =>
        Assert.Equal(expected, await CompleteInBashAsync(line));

    [Fact]
    public async Task Bash_completes_the_names_of_the_endpoints_of_the_gateway()
    {
        await gateway.EndpointAsync("invoices", "tag.*");

        // A gateway that responds slowly leaves a line without suggestions.
        await Eventually.AnswersTrueAsync(
            async () => await CompleteInBashAsync("scouthook endpoints pause inv") == "invoices", "the argument is completed");
        await Eventually.AnswersTrueAsync(
            async () => await CompleteInBashAsync("scouthook replay --endpoint in") == "invoices", "the option is completed");
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _scouthook scouthook")]
    [InlineData("zsh", "#compdef scouthook")]
    [InlineData("fish", "complete -c scouthook")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Script_for_each_shell_asks_the_tool(string shell, string expected)
    {
        var run = await ScouthookProcess.RunAsync("completion", shell);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Contains(" complete ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcsh")]
    [InlineData]
    public async Task Unknown_shell_is_a_usage_error(params string[] shell)
    {
        var run = await ScouthookProcess.RunAsync(["completion", .. shell]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    /// <summary>Loads the script, and calls its function as bash does on Tab.</summary>
    private async Task<string> CompleteInBashAsync(string line)
    {
        const string script = """
            scouthook() { "$TOOL" "$@"; }
            source <(scouthook completion bash)
            COMP_LINE=$1; COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            [[ "$1" == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p scouthook | sed 's/.*-F \([^ ]*\).*/\1/')
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", line]) { RedirectStandardOutput = true };
        start.Environment["TOOL"] = GatewayProcess.Executable;
        start.Environment["SCOUTHOOK_API"] = gateway.Api;
        start.Environment["SCOUTHOOK_KEY"] = GatewaySetup.Key;
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Trim();
    }
}
