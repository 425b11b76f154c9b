using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox;

/// <summary>Log messages of the inbox. Event ids stay what they are once released. None holds payloads or secrets.</summary>
/// <remarks>
/// One class for the whole project: the generator writes several in an order that changes from build to build
/// (https://github.com/dotnet/runtime/issues/119587), and packages are reproducible.
/// </remarks>
internal static partial class InboxLog
{
    [LoggerMessage(
        4001, LogLevel.Error,
        "Events could not be stored and Help Scout is asked to send them again ({Count} since the last message): {Reason}")]
    public static partial void Unavailable(ILogger logger, long count, string reason);

    [LoggerMessage(
        4002, LogLevel.Error,
        "Events could not be stored as a batch; each is tried alone ({Count} since the last message)")]
    public static partial void BatchFailed(ILogger logger, long count, Exception? exception);

    [LoggerMessage(4003, LogLevel.Error, "Events from source {Source} could not be stored: {EventTypes}")]
    public static partial void AppendFailed(ILogger logger, string source, string eventTypes, Exception? exception);

    [LoggerMessage(4004, LogLevel.Debug, "Repeats from source {Source}: {EventTypes}")]
    public static partial void Repeat(ILogger logger, string source, string eventTypes);

    [LoggerMessage(
        4005, LogLevel.Warning,
        "Events from source {Source} were stored as unreadable: {EventTypes}; the newest is {Newest}")]
    public static partial void Unreadable(ILogger logger, string source, string eventTypes, string newest);

    [LoggerMessage(4007, LogLevel.Warning, "Housekeeping of the store is postponed: {Reason}")]
    public static partial void UpkeepPostponed(ILogger logger, string reason);

    [LoggerMessage(
        4008, LogLevel.Error,
        "The store cannot be used now; events are answered with 503 until it can. {Reason}")]
    public static partial void NotOpen(ILogger logger, string reason);

    [LoggerMessage(2001, LogLevel.Error, "Dispatching is postponed; the events stay owed to their endpoints")]
    public static partial void DispatchPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        3001, LogLevel.Information,
        "Delivery {Delivery} to {Endpoint} failed at attempt {Attempt} ({Outcome}); it is tried again at {NextAttemptAt:O}")]
    public static partial void AttemptFailed(
        ILogger logger, Guid delivery, string endpoint, int attempt, string outcome, DateTimeOffset nextAttemptAt);

    [LoggerMessage(3002, LogLevel.Error, "Delivery {Delivery} to {Endpoint} became a dead letter after {Attempt} attempts: {Reason}")]
    public static partial void DeadLettered(ILogger logger, Guid delivery, string endpoint, int attempt, string reason);

    [LoggerMessage(
        3003, LogLevel.Warning,
        "The outcome of delivery {Delivery} to {Endpoint} came after its lease had run out; it is recorded and the delivery is attempted again")]
    public static partial void SettledLate(ILogger logger, Guid delivery, string endpoint);

    [LoggerMessage(3004, LogLevel.Error, "Delivering to {Endpoint} is postponed; nothing is lost")]
    public static partial void DeliveringPostponed(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "{Count} deliveries are attempted again: their worker ended or their lease ran out")]
    public static partial void LeasesExpired(ILogger logger, int count);

    [LoggerMessage(3006, LogLevel.Error, "Handler {Handler} failed on event {Sequence} ({EventType}) at attempt {Attempt}")]
    public static partial void HandlerFailed(
        ILogger logger, string handler, long sequence, string eventType, int attempt, Exception exception);

    [LoggerMessage(3007, LogLevel.Warning, "Endpoint {Endpoint} is down: from now on one attempt at a time until one succeeds")]
    public static partial void EndpointDown(ILogger logger, string endpoint);

    [LoggerMessage(3008, LogLevel.Information, "Endpoint {Endpoint} answers again")]
    public static partial void EndpointUp(ILogger logger, string endpoint);

    [LoggerMessage(
        3009, LogLevel.Error,
        "The secrets of endpoint {Endpoint} cannot be decrypted; its deliveries wait. Restore the key ring that was beside the store, or rotate its secret")]
    public static partial void SecretsUnreadable(ILogger logger, string endpoint);

    [LoggerMessage(3010, LogLevel.Error, "The workers could not be brought up to date with the endpoints; it is tried again")]
    public static partial void WorkersPostponed(ILogger logger, Exception exception);

    [LoggerMessage(3011, LogLevel.Error, "The declared endpoints could not be stored; it is tried again")]
    public static partial void DeclaringPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        3012, LogLevel.Error,
        "The name {Name} declared by {Origin} belongs to another endpoint already; the declaration has no effect. Give it another name")]
    public static partial void NameTaken(ILogger logger, string name, string origin);

    [LoggerMessage(3013, LogLevel.Warning, "Endpoint {Endpoint} cannot be delivered to. {Reason}")]
    public static partial void EndpointRefused(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3014, LogLevel.Error, "{Reason}")]
    public static partial void KeyRingTrouble(ILogger logger, string reason);

    [LoggerMessage(3015, LogLevel.Warning, "The endpoints could not be checked; it is tried again")]
    public static partial void EndpointCheckPostponed(ILogger logger, Exception exception);

    [LoggerMessage(3016, LogLevel.Error, "Declared endpoint {Endpoint} cannot be stored, as its secret cannot be encrypted; it is tried again. {Reason}")]
    public static partial void SecretNotEncrypted(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3101, LogLevel.Error, "A replay is postponed; it goes on from where it is")]
    public static partial void ReplayPostponed(ILogger logger, Exception exception);

    [LoggerMessage(4009, LogLevel.Error, "Retention is postponed; what has passed its time stays for now")]
    public static partial void RetentionPostponed(ILogger logger, Exception exception);

    [LoggerMessage(4010, LogLevel.Warning, "Counting for the statistics is postponed")]
    public static partial void CountingPostponed(ILogger logger, Exception exception);
}
