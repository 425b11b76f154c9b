using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Scouthook.Cli.Suggesting;

namespace Scouthook.Cli.CommandLine;

/// <summary>Runs the command line: signals end it gracefully, errors name the command, and every usage error is exit code 2.</summary>
internal static class CommandRunner
{
    /// <summary>Enough for a gateway to finish deliveries in progress.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    /// <summary>Enough to show what was done so far.</summary>
    private static readonly TimeSpan LongestInterruption = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Command root, string[] args, TimeProvider timeProvider)
    {
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return WrongUsage(
                parsed,
                UsageSuggestions.Of(parsed) is { } suggestion
                    ? [suggestion]
                    : parsed.Errors.Select(error => ParseErrorText.For(error)));
        }

        if (parsed.Action is not HelpWithExamples && UsageSuggestions.UnknownOption(parsed) is { } unknown)
        {
            return WrongUsage(parsed, [unknown]);
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
            (null or ExitCode.Failed, true, false) => ExitCode.Interrupted,
            (null, _, _) => ExitCode.Failed,
            var (code, _, _) => code.Value,
        };
    }

    /// <returns>Whether the command ended before a second Ctrl-C or the end of its grace period.</returns>
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
        catch (UsageException exception)
        {
            return WrongUsage(parsed, [exception.Message, .. Meant(parsed)]);
        }
        catch (CommandFailedException exception)
        {
            foreach (var message in (string[])[exception.Message, .. Meant(parsed)])
            {
                StandardOutput.TryWriteError($"{NameOf(parsed)}: {message}");
            }

            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception exception) when (StandardOutput.IsLost(exception))
        {
            // A closed terminal, or a full disk behind a redirection: the output is lost.
            StandardOutput.TryWriteError($"{NameOf(parsed)}: {StandardOutput.Describe(exception)}");
            return cancellationToken.IsCancellationRequested ? null : ExitCode.Failed;
        }
    }

    /// <summary>An argument that was not found may be a misspelt subcommand.</summary>
    private static IEnumerable<string> Meant(ParseResult parsed) => UsageSuggestions.UnknownCommand(parsed) is { } suggestion ? [suggestion] : [];

    private static int WrongUsage(ParseResult parsed, IEnumerable<string> messages)
    {
        var command = NameOf(parsed);
        foreach (var message in messages.Distinct())
        {
            StandardOutput.TryWriteError($"{command}: {message}");
        }

        StandardOutput.TryWriteError($"Try '{command} --help'.");
        return ExitCode.WrongUsage;
    }

    /// <summary>The command as typed, such as <c>scouthook keys create</c>: what every error starts with.</summary>
    private static string NameOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
