using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Completing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook completion</c>: prints the script that lets a shell complete commands, options and names.</summary>
internal sealed class CompletionCommand : Command, IHasExamples
{
    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or powershell.", HelpName = "SHELL" };

    public CompletionCommand()
        : base("completion", "Print a script that completes commands, options, event types and endpoint names in your shell.")
    {
        _shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        Arguments.Add(_shell);
        SetAction(Run);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("bash, in this terminal", "source <(scouthook completion bash)"),
        ("bash, in every terminal", "echo 'source <(scouthook completion bash)' >> ~/.bashrc"),
        ("zsh, in every terminal", "echo 'source <(scouthook completion zsh)' >> ~/.zshrc"),
        ("fish, in every terminal", "scouthook completion fish > ~/.config/fish/completions/scouthook.fish"),
        ("PowerShell, in this terminal", "scouthook completion powershell | Out-String | Invoke-Expression"),
    ];

    private int Run(ParseResult parseResult)
    {
        Console.Out.Write(CompletionScript.Read(parseResult.GetRequiredValue(_shell)));
        return ExitCode.Ok;
    }
}
