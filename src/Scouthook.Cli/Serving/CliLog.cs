namespace Scouthook.Cli.Serving;

/// <summary>The log messages of the tool.</summary>
internal static partial class CliLog
{
    [LoggerMessage(1301, LogLevel.Information, "{Event} for source {Source}, {Bytes} bytes: {Status}")]
    public static partial void Received(ILogger logger, string @event, string source, long bytes, int status);
}
