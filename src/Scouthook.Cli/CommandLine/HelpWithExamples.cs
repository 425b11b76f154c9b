using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Scouthook.Cli.CommandLine;

/// <summary>Shows the default help, followed by the examples of the command.</summary>
/// <remarks>
/// The default help repeats the arguments of the parent (<c>endpoints [&lt;endpoint&gt;] pause &lt;endpoint&gt;</c>) and lists
/// optional arguments of subcommands as if they were required. Neither is shown here.
/// </remarks>
internal sealed partial class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var shown = parseResult.CommandResult.Command;
        foreach (var argument in ParentArguments(parseResult).Concat(OptionalArguments(shown.Subcommands)))
        {
            argument.Hidden = true;
        }

        help.Invoke(parseResult);
        if (shown is IHasExamples command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (does, example) in command.Examples)
            {
                output.WriteLine($"  # {does}");
                foreach (var line in Lines(example))
                {
                    output.WriteLine($"  {line}");
                }

                output.WriteLine();
            }
        }

        return ExitCode.Ok;
    }

    /// <summary>Breaks an example that is wider than the terminal before an option or a command, so that it can still be pasted.</summary>
    private static IEnumerable<string> Lines(string example)
    {
        const int indent = 2;
        const string continued = " \\";
        var line = "";
        foreach (var part in Break().Split(example))
        {
            var next = line.Length == 0 ? part : $"{line} {part}";
            if (line.Length > 0 && !Screen.IsRedirected && next.Length + indent + continued.Length > Screen.Out.Profile.Width)
            {
                yield return line + continued;
                next = $"  {part}";
            }

            line = next;
        }

        yield return line;
    }

    [GeneratedRegex(" (?=--|scouthook )")]
    private static partial Regex Break();

    private static IEnumerable<Argument> ParentArguments(ParseResult parseResult)
    {
        for (var result = parseResult.CommandResult.Parent; result is not null; result = result.Parent)
        {
            foreach (var argument in result is CommandResult parent ? parent.Command.Arguments : [])
            {
                yield return argument;
            }
        }
    }

    private static IEnumerable<Argument> OptionalArguments(IEnumerable<Command> commands) =>
        commands.SelectMany(command => command.Arguments).Where(argument => argument.Arity.MinimumNumberOfValues == 0);
}
