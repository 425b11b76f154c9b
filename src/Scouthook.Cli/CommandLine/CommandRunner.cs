using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Scouthook.Cli.CommandLine;

/// <summary>Runs the command line: signals end it in order, and every kind of wrong usage is exit code 2.</summary>
internal static class CommandRunner
{
    /// <summary>Enough for a gateway to finish what it has begun.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    /// <summary>Enough to show what was done until then.</summary>
    private static readonly TimeSpan LongestInterruption = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Command root, string[] args, TimeProvider timeProvider)
    {
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return WrongUsage(parsed, parsed.Errors.Select(error => error.Message));
        }

        using var signals = new TerminationSignals(timeProvider);
        var runsUntilStopped = parsed.CommandResult.Command is IRunsUntilStopped command && command.RunsUntilStopped(parsed);
        var running = Task.Run(() => InvokeAsync(parsed, signals.Token), CancellationToken.None);
        if (!await EndsInTimeAsync(running, signals, runsUntilStopped ? LongestStop : LongestInterruption, timeProvider))
        {
            Environment.Exit(ExitCode.Interrupted);
        }

        return (await running, signals.Token.IsCancellationRequested, runsUntilStopped) switch
        {
            (null, _, true) => ExitCode.Ok,
            (null or ExitCode.NotSo, true, false) => ExitCode.Interrupted,
            (null, _, _) => ExitCode.NotSo,
            var (code, _, _) => code.Value,
        };
    }

    /// <returns>Whether it ended, rather than a person having insisted or the time after a signal being over.</returns>
    private static async Task<bool> EndsInTimeAsync(
        Task running, TerminationSignals signals, TimeSpan longest, TimeProvider timeProvider)
    {
        try
        {
            await running.WaitAsync(signals.Token);
        }
        catch (OperationCanceledException)
        {
            var late = Task.Delay(longest, timeProvider, CancellationToken.None);
            return await Task.WhenAny(running, signals.Insisted, late) == running;
        }

        return true;
    }

    /// <returns>The exit code; <see langword="null"/>: it was cancelled.</returns>
    private static async Task<int?> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (UsageException problem)
        {
            return WrongUsage(parsed, [problem.Message]);
        }
        catch (CommandFailedException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCode.NotSo;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception problem) when (StandardOutput.IsLost(problem))
        {
            // A terminal that has gone, a full disk behind a redirection: nobody sees what would be shown.
            StandardOutput.TryWriteError(problem.Message);
            return cancellationToken.IsCancellationRequested ? null : ExitCode.NotSo;
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
