namespace Scouthook.Cli.CommandLine;

/// <summary>The command was used correctly and failed; the message, shown as it is, says what to do.</summary>
internal class CommandFailedException(string message) : Exception(message);
