using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.CommandLine;

/// <summary>Runs the command line and turns every kind of wrong usage into exit code 2.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(Command root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return WrongUsage(parsed, parsed.Errors.Select(error => error.Message));
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The gateway finishes what it has begun before it ends.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (UsageException problem)
        {
            return WrongUsage(parsed, [problem.Message]);
        }
        catch (ManagementException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCode.NotSo;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.NotSo;
        }
    }

    private static int WrongUsage(ParseResult parsed, IEnumerable<string> problems)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        var command = string.Join(' ', names);
        foreach (var problem in problems.Distinct())
        {
            Console.Error.WriteLine($"{command}: {problem}");
        }

        Console.Error.WriteLine($"Try '{command} --help'.");
        return ExitCode.WrongUsage;
    }
}
