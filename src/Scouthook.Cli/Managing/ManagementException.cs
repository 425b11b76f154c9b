namespace Scouthook.Cli.Managing;

/// <summary>The gateway could not be asked, or did not do what was asked; the message says what to do.</summary>
internal sealed class ManagementException(string message) : Exception(message);
