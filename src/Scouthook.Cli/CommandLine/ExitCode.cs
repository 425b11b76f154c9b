namespace Scouthook.Cli.CommandLine;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A negative result or a failure: a signature does not match, an event was not accepted, a count is off.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>Interrupted by a signal before the work was done; what a shell reports after Ctrl-C.</summary>
    public const int Interrupted = 130;
}
