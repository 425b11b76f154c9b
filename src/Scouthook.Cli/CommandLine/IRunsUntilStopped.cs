using System.CommandLine;

namespace Scouthook.Cli.CommandLine;

/// <summary>A command for which being stopped by a signal is the expected end, not an interruption.</summary>
internal interface IRunsUntilStopped
{
    /// <summary>Returns whether this invocation runs until it is stopped.</summary>
    bool RunsUntilStopped(ParseResult parseResult) => true;
}
