using Microsoft.Extensions.Logging;

namespace Scouthook.Handling;

/// <summary>Log messages of handling. Event ids stay what they are once released.</summary>
internal static partial class HandlingLog
{
    [LoggerMessage(
        1101, LogLevel.Error,
        "Handler {Handler} failed on {EventName} from source {Source}; Help Scout is asked to send the event again")]
    public static partial void HandlerFailed(
        ILogger logger, string handler, string eventName, string source, Exception exception);

    [LoggerMessage(
        1102, LogLevel.Debug,
        "No handler is registered for {EventName} from source {Source}; it is acknowledged and passed over")]
    public static partial void NoHandler(ILogger logger, string eventName, string source);

    [LoggerMessage(
        1103, LogLevel.Warning,
        "{EventName} from source {Source} is unreadable: {Reason} Typed handlers that did not receive it: {Handlers}")]
    public static partial void Unreadable(ILogger logger, string eventName, string source, string reason, string handlers);

    [LoggerMessage(
        1104, LogLevel.Warning,
        "No event handler is registered: events will be acknowledged and passed over. Register one with AddHandler")]
    public static partial void NoHandlers(ILogger logger);

    [LoggerMessage(1105, LogLevel.Debug, "Handler {Handler} was cancelled: the sender no longer waits for the answer")]
    public static partial void HandlerCancelled(ILogger logger, string handler);

    [LoggerMessage(
        1106, LogLevel.Information,
        "Handler {Handler} wants {EventName} again later: {Reason}. Help Scout is asked to send the event again")]
    public static partial void RetryLater(ILogger logger, string handler, string eventName, string reason);

    [LoggerMessage(
        1107, LogLevel.Error,
        "Handler {Handler} gave {EventName} up: {Reason}. The event is acknowledged and does not come again")]
    public static partial void GivenUp(ILogger logger, string handler, string eventName, string reason);
}
