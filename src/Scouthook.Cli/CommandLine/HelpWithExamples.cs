using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Scouthook.Cli.CommandLine;

/// <summary>Shows the usual help and the command's examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExamples command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (does, example) in command.Examples)
            {
                output.WriteLine($"  # {does}");
                output.WriteLine($"  {example}");
                output.WriteLine();
            }
        }

        return ExitCode.Ok;
    }
}
