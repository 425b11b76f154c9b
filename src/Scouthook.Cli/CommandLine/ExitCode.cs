namespace Scouthook.Cli.CommandLine;

/// <summary>What the process answers to whoever started it.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The thing asked is not so: a signature does not fit, an event was not accepted, a count is off.</summary>
    public const int NotSo = 1;

    public const int WrongUsage = 2;
}
