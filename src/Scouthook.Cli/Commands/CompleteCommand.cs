using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Completing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook complete</c>: what the completion scripts call with the line up to the cursor.</summary>
internal sealed class CompleteCommand : Command
{
    private readonly Argument<string> _line = new("LINE") { Description = "The line up to the cursor." };
    private readonly Command _root;

    public CompleteCommand(Command root)
        : base("complete", "Print what can follow, one word with its description per line.")
    {
        _root = root;
        Hidden = true;
        Arguments.Add(_line);
        SetAction(Run);
    }

    private int Run(ParseResult parseResult)
    {
        foreach (var (label, description) in LineCompletion.Of(_root, parseResult.GetRequiredValue(_line)))
        {
            Console.Out.WriteLine($"{label}\t{description}");
        }

        return ExitCode.Ok;
    }
}
