using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore;

/// <summary>Log messages of receiving and its sources. A released event id never changes.</summary>
/// <remarks>
/// No message contains payloads or secrets. One class for the whole project: the generator writes several in an order
/// that changes from build to build (https://github.com/dotnet/runtime/issues/119587), and packages are reproducible.
/// </remarks>
internal static partial class ReceiveLog
{
    [LoggerMessage(
        1001, LogLevel.Warning,
        "Rejected requests for source {Source}: {Reasons}. If Help Scout sent them, compare the secret there with "
        + "Scouthook:Sources:{Source}:Secrets")]
    public static partial void Refused(ILogger logger, string source, string reasons);

    [LoggerMessage(
        1002, LogLevel.Error,
        "All secrets of source {Source} have expired, so nothing can be verified and events are being lost "
        + "(rejected since the last message: {Count}). Set Scouthook:Sources:{Source}:Secrets")]
    public static partial void NoLiveSecret(ILogger logger, string source, long count);

    [LoggerMessage(
        1003, LogLevel.Warning,
        "Rejected bodies for source {Source} that are larger than Scouthook:Receiver:MaxBodyBytes: {Count}")]
    public static partial void BodyTooLarge(ILogger logger, string source, long count);

    [LoggerMessage(
        1004, LogLevel.Debug, "Requests to source {Source} that ended before their body was complete: {Count}")]
    public static partial void Aborted(ILogger logger, string source, long count);

    [LoggerMessage(
        1005, LogLevel.Error,
        "Receiving for source {Source} failed; Help Scout is asked to send the event again (failures since the last "
        + "message: {Count})")]
    public static partial void Failed(ILogger logger, string source, long count, Exception? exception);

    [LoggerMessage(
        1006, LogLevel.Warning,
        "Events for source {Source} that could not be stored and that Help Scout is asked to send again: {Count}")]
    public static partial void Unavailable(ILogger logger, string source, long count);

    [LoggerMessage(
        1007, LogLevel.Error,
        "Other code read or changed the bodies of requests to source {Source} before Scouthook could verify them "
        + "(rejected since the last message: {Count}). Make it skip this path, or call Request.EnableBuffering() before it")]
    public static partial void BodyConsumed(ILogger logger, string source, long count);

    [LoggerMessage(
        1201, LogLevel.Information,
        "Source {Source} receives at {Path} and trusts {Secrets}")]
    public static partial void SourceReady(ILogger logger, string source, string path, string secrets);

    [LoggerMessage(
        1207, LogLevel.Warning,
        "Source {Source} is no longer configured; {Path} no longer receives its events")]
    public static partial void SourceGone(ILogger logger, string source, string path);

    [LoggerMessage(
        1208, LogLevel.Warning,
        "AddScouthook was called, but nothing is mapped: no event can be received. Call app.MapScouthook()")]
    public static partial void NothingMapped(ILogger logger);

    [LoggerMessage(
        1209, LogLevel.Information,
        "Source {Source} received its first event through a path base, at {Path}")]
    public static partial void PathBaseSeen(ILogger logger, string source, string path);
}
