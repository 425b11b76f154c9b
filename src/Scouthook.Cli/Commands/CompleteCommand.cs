using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Completing;
using Scouthook.Cli.Managing;

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
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var line = parseResult.GetRequiredValue(_line);
        if (line.Contains("endpoint", StringComparison.Ordinal))
        {
            await EndpointOption.LoadNamesAsync(cancellationToken);
        }

        foreach (var (label, description) in LineCompletion.Of(_root, line))
        {
            Console.Out.WriteLine($"{label}\t{description}");
        }

        return ExitCode.Ok;
    }
}
