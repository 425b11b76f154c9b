using Microsoft.Extensions.Logging;

namespace Scouthook.Handling;

/// <summary>Log messages of handling and of settings. A released event id never changes.</summary>
internal static partial class HandlingLog
{
    [LoggerMessage(
        1101, LogLevel.Error,
        "Handler {Handler} failed on {EventName} from source {Source}; Help Scout is asked to send the event again")]
    public static partial void HandlerFailed(
        ILogger logger, string handler, string eventName, string source, Exception exception);

    [LoggerMessage(
        1102, LogLevel.Debug,
        "No handler is registered for {EventName} from source {Source}; it is acknowledged and ignored")]
    public static partial void NoHandler(ILogger logger, string eventName, string source);

    [LoggerMessage(
        1103, LogLevel.Warning,
        "{EventName} from source {Source} is unreadable: {Reason} Typed handlers that did not receive it: {Handlers}")]
    public static partial void Unreadable(ILogger logger, string eventName, string source, string reason, string handlers);

    [LoggerMessage(
        1104, LogLevel.Warning,
        "No event handler is registered: events will be acknowledged and ignored. Register one with AddHandler")]
    public static partial void NoHandlers(ILogger logger);

    [LoggerMessage(1105, LogLevel.Debug, "Handler {Handler} was cancelled: the sender no longer waits for the response")]
    public static partial void HandlerCancelled(ILogger logger, string handler);

    [LoggerMessage(
        1106, LogLevel.Information,
        "Handler {Handler} asked to retry {EventName} later: {Reason}. Help Scout is asked to send the event again")]
    public static partial void RetryLater(
        ILogger logger, string handler, string eventName, string reason, Exception? exception);

    [LoggerMessage(
        1107, LogLevel.Error,
        "Handler {Handler} gave up on {EventName}: {Reason}.  The event is acknowledged and will not be sent again")]
    public static partial void GivenUp(
        ILogger logger, string handler, string eventName, string reason, Exception? exception);

    [LoggerMessage(
        1108, LogLevel.Warning,
        "{EventName}: {Member} does not have the documented JSON type and was not read; its raw value is in ExtensionData. Events since the last message: {Count}")]
    public static partial void UnreadMember(ILogger logger, string eventName, string member, long count);

    [LoggerMessage(1202, LogLevel.Information, "Settings were reloaded")]
    public static partial void Reloaded(ILogger logger);

    [LoggerMessage(
        1203, LogLevel.Error,
        "The changed configuration is not valid and was rejected as a whole; the last valid settings stay in force. {Mistakes}")]
    public static partial void ReloadRefused(ILogger logger, string mistakes);

    [LoggerMessage(1204, LogLevel.Error, "{Problems} The last valid settings stay in force")]
    public static partial void FileUnreadable(ILogger logger, string problems);

    [LoggerMessage(
        1205, LogLevel.Warning,
        "{Key} was changed; the change takes effect at the next start, and until then the current value stays in force")]
    public static partial void NeedsRestart(ILogger logger, string key);

    [LoggerMessage(1206, LogLevel.Error, "A listener for changed settings failed")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
