using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore;

/// <summary>Log messages of receiving and its sources. Event ids stay what they are once released.</summary>
/// <remarks>
/// None holds payloads or secrets. One class for the whole project: the generator writes several in an order that
/// changes from build to build (https://github.com/dotnet/runtime/issues/119587), and packages are reproducible.
/// </remarks>
internal static partial class ReceiveLog
{
    [LoggerMessage(
        1001, LogLevel.Warning,
        "A request to source {Source} was refused: {Reason}. If Help Scout sent it, compare the secret there with "
        + "Scouthook:Sources:{Source}:Secrets")]
    public static partial void Refused(ILogger logger, string source, string reason);

    [LoggerMessage(
        1002, LogLevel.Error,
        "Every secret of source {Source} has expired, so nothing can be verified and events are being lost. Set "
        + "Scouthook:Sources:{Source}:Secrets")]
    public static partial void NoLiveSecret(ILogger logger, string source);

    [LoggerMessage(
        1003, LogLevel.Warning,
        "A body for source {Source} is longer than {Limit} bytes and was refused (Scouthook:Receiver:MaxBodyBytes)")]
    public static partial void BodyTooLarge(ILogger logger, string source, int limit);

    [LoggerMessage(1004, LogLevel.Debug, "A request to source {Source} ended before its body was complete")]
    public static partial void Aborted(ILogger logger, string source);

    [LoggerMessage(1005, LogLevel.Error, "Receiving for source {Source} failed; Help Scout is asked to send the event again")]
    public static partial void Failed(ILogger logger, string source, Exception exception);

    [LoggerMessage(
        1006, LogLevel.Warning,
        "An event for source {Source} could not be kept; Help Scout is asked to send it again")]
    public static partial void Unavailable(ILogger logger, string source);

    [LoggerMessage(
        1201, LogLevel.Information,
        "Source {Source} receives at {Path} and trusts {Secrets}")]
    public static partial void SourceReady(ILogger logger, string source, string path, string secrets);

    [LoggerMessage(
        1207, LogLevel.Warning,
        "Source {Source} is no longer configured; {Path} does not receive its events any more")]
    public static partial void SourceGone(ILogger logger, string source, string path);
}
