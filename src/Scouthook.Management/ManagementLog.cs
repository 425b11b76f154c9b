using Microsoft.Extensions.Logging;

namespace Scouthook.Management;

/// <summary>
/// Log messages of management. A released event id never changes. No message contains payloads, keys or secrets.
/// </summary>
/// <remarks>
/// One class for the whole project: the generator writes several in an order that changes from build to build
/// (https://github.com/dotnet/runtime/issues/119587), and packages are reproducible.
/// </remarks>
internal static partial class ManagementLog
{
    [LoggerMessage(5020, LogLevel.Error, "A request failed unexpectedly: {Method} {Route}")]
    public static partial void RequestFailed(ILogger logger, string method, string route, Exception exception);

    [LoggerMessage(5021, LogLevel.Warning, "{Count} requests from {Address} had a wrong API key within a minute")]
    public static partial void WrongKeys(ILogger logger, long count, string address);

    [LoggerMessage(5022, LogLevel.Warning, "{Count} requests from {Addresses} further addresses had a wrong API key within a minute")]
    public static partial void WrongKeysOfOthers(ILogger logger, long count, int addresses);

    [LoggerMessage(5023, LogLevel.Information, "A stream client did not read for {Seconds} seconds and was disconnected")]
    public static partial void FollowerStuck(ILogger logger, double seconds);

    [LoggerMessage(
        5024, LogLevel.Warning,
        "The management API at {Path} accepts stored keys only. To get a first key, set Scouthook:Management:AdminKey, or "
        + "name the app's own authorization policies in AddScouthookManagement")]
    public static partial void NoFirstKey(ILogger logger, string path);

    [LoggerMessage(5025, LogLevel.Warning, "{Problem}")]
    public static partial void RegistrationProblem(ILogger logger, string problem);

    [LoggerMessage(5026, LogLevel.Information, "{Change}")]
    public static partial void RegistrationMended(ILogger logger, string change);

    [LoggerMessage(5027, LogLevel.Information, "Webhook {Id} of source {Source} was disabled in Help Scout and has been enabled again")]
    public static partial void RegistrationEnabled(ILogger logger, long id, string source);

    [LoggerMessage(5028, LogLevel.Warning, "The registrations of source {Source} in Help Scout cannot be read: {Reason}")]
    public static partial void RegistrationsUnreadable(ILogger logger, string source, string reason);

    [LoggerMessage(5029, LogLevel.Warning, "Watching the registrations in Help Scout failed and will be tried again")]
    public static partial void WatchPostponed(ILogger logger, Exception exception);

    [LoggerMessage(5030, LogLevel.Warning, "A dashboard session could not be checked, because the store is not available")]
    public static partial void SessionNotChecked(ILogger logger, Exception exception);

    [LoggerMessage(5031, LogLevel.Error, "A page of the dashboard failed unexpectedly: {Page}")]
    public static partial void PageFailed(ILogger logger, string page, Exception exception);
}
