namespace Scouthook.Cli.CommandLine;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A negative result or a failure: a signature does not match, an event was not accepted, a count is off.</summary>
    public const int NotSo = 1;

    public const int WrongUsage = 2;

    /// <summary>Ended by a signal before its work was done; what a shell reports after Ctrl-C.</summary>
    public const int Interrupted = 130;
}
