namespace Scouthook.Cli.CommandLine;

/// <summary>The command was asked for something it cannot do; the message tells a person what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
