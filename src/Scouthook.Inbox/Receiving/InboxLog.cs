using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox.Receiving;

/// <summary>Log messages of storing. Event ids stay what they are once released. None holds payloads or secrets.</summary>
internal static partial class InboxLog
{
    [LoggerMessage(
        4001, LogLevel.Error,
        "{Count} events could not be stored and Help Scout is asked to send them again: {Reason}")]
    public static partial void Unavailable(ILogger logger, int count, string reason);

    [LoggerMessage(4002, LogLevel.Error, "A batch of {Count} events could not be stored; each is tried alone")]
    public static partial void BatchFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(4003, LogLevel.Error, "Event {EventType} from source {Source} could not be stored")]
    public static partial void AppendFailed(ILogger logger, string eventType, string source, Exception exception);

    [LoggerMessage(4004, LogLevel.Debug, "Event {EventType} from source {Source} is a repeat of event {Sequence}")]
    public static partial void Repeat(ILogger logger, string eventType, string source, long sequence);

    [LoggerMessage(
        4005, LogLevel.Warning, "Event {Sequence} ({EventType} from source {Source}) was stored as unreadable: {Reason}")]
    public static partial void Unreadable(
        ILogger logger, string eventType, string source, long sequence, string reason);

    [LoggerMessage(
        4006, LogLevel.Error,
        "The changed inbox settings are not valid and were not taken; the last valid ones stay. {Mistakes}")]
    public static partial void ReloadRefused(ILogger logger, string mistakes);

    [LoggerMessage(4007, LogLevel.Warning, "Housekeeping of the store is postponed: {Reason}")]
    public static partial void UpkeepPostponed(ILogger logger, string reason);

    [LoggerMessage(
        4008, LogLevel.Error,
        "The store cannot be used now; events are answered with 503 until it can. {Reason}")]
    public static partial void NotOpen(ILogger logger, string reason);
}
