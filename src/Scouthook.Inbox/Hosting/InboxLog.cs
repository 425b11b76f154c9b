using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Hosting;

/// <summary>
/// Log messages of the inbox. A released event id never changes. No message contains payloads or secrets.
/// </summary>
/// <remarks>
/// One class for the whole project: the generator writes several in an order that changes from build to build
/// (https://github.com/dotnet/runtime/issues/119587), and packages are reproducible.
/// </remarks>
internal static partial class InboxLog
{
    [LoggerMessage(
        4001, LogLevel.Error,
        "Events could not be stored, so Help Scout is asked to send them again ({Count} since the last message): {Reason}")]
    public static partial void Unavailable(ILogger logger, long count, string reason);

    [LoggerMessage(
        4002, LogLevel.Error,
        "Events could not be stored as a batch; each is retried alone ({Count} since the last message)")]
    public static partial void BatchFailed(ILogger logger, long count, Exception? exception);

    [LoggerMessage(4003, LogLevel.Error, "Events from source {Source} could not be stored: {EventTypes}")]
    public static partial void AppendFailed(ILogger logger, string source, string eventTypes, Exception? exception);

    [LoggerMessage(4004, LogLevel.Debug, "Repeats from source {Source}: {EventTypes}")]
    public static partial void Repeat(ILogger logger, string source, string eventTypes);

    [LoggerMessage(
        4005, LogLevel.Warning,
        "Events from source {Source} were stored as unreadable: {EventTypes}; the newest is {Newest}")]
    public static partial void Unreadable(ILogger logger, string source, string eventTypes, string newest);

    [LoggerMessage(4007, LogLevel.Warning, "Store housekeeping failed and will be retried: {Reason}")]
    public static partial void CleanupPostponed(ILogger logger, string reason);

    [LoggerMessage(
        4008, LogLevel.Error,
        "The store cannot be used; events get a 503 until it can. {Reason}")]
    public static partial void NotOpen(ILogger logger, string reason);

    [LoggerMessage(2001, LogLevel.Error, "Dispatch failed and will be retried; the events remain pending")]
    private static partial void WriteDispatchPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        3001, LogLevel.Information,
        "Delivery {Delivery} to {Endpoint} failed at attempt {Attempt} ({Outcome}); the next attempt is at {NextAttemptAt:O}")]
    public static partial void AttemptFailed(
        ILogger logger, Guid delivery, string endpoint, int attempt, string outcome, DateTimeOffset nextAttemptAt);

    [LoggerMessage(3002, LogLevel.Error, "Delivery {Delivery} to {Endpoint} became a dead letter after {Attempt} attempts: {Reason}")]
    public static partial void DeadLettered(ILogger logger, Guid delivery, string endpoint, int attempt, string reason);

    [LoggerMessage(
        3003, LogLevel.Warning,
        "The outcome of delivery {Delivery} to {Endpoint} arrived after its lease had expired; it is recorded, and the delivery is attempted again")]
    public static partial void SettledLate(ILogger logger, Guid delivery, string endpoint);

    [LoggerMessage(3004, LogLevel.Error, "Delivery to {Endpoint} failed and will be retried; nothing is lost")]
    private static partial void WriteDeliveringPostponed(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "Deliveries attempted again because their worker ended or their lease expired: {Count}")]
    public static partial void LeasesExpired(ILogger logger, int count);

    [LoggerMessage(3006, LogLevel.Error, "Handler {Handler} failed on event {Sequence} ({EventType}) at attempt {Attempt}")]
    public static partial void HandlerFailed(
        ILogger logger, string handler, long sequence, string eventType, int attempt, Exception exception);

    [LoggerMessage(3007, LogLevel.Warning, "Endpoint {Endpoint} is down: one attempt at a time until one succeeds")]
    public static partial void EndpointDown(ILogger logger, string endpoint);

    [LoggerMessage(3008, LogLevel.Information, "Endpoint {Endpoint} responds again")]
    public static partial void EndpointUp(ILogger logger, string endpoint);

    [LoggerMessage(
        3009, LogLevel.Error,
        "The secrets of endpoint {Endpoint} cannot be decrypted; its deliveries wait. Restore the key ring that belongs to the store, or rotate its secret")]
    public static partial void SecretsUnreadable(ILogger logger, string endpoint);

    [LoggerMessage(3010, LogLevel.Error, "The delivery workers could not be updated; will retry")]
    private static partial void WriteWorkersPostponed(ILogger logger, Exception exception);

    [LoggerMessage(3011, LogLevel.Error, "The declared endpoints could not be stored; will retry")]
    private static partial void WriteDeclaringPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        3012, LogLevel.Error,
        "The name {Name} declared by {Origin} already belongs to another endpoint, so the declaration has no effect. Choose another name")]
    public static partial void NameTaken(ILogger logger, string name, string origin);

    [LoggerMessage(3013, LogLevel.Warning, "Deliveries to endpoint {Endpoint} are not allowed. {Reason}")]
    public static partial void EndpointRefused(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3014, LogLevel.Error, "{Reason}")]
    public static partial void KeyRingProblem(ILogger logger, string reason);

    [LoggerMessage(3015, LogLevel.Warning, "The endpoints could not be checked; will retry")]
    public static partial void EndpointCheckPostponed(ILogger logger, Exception exception);

    [LoggerMessage(3016, LogLevel.Error, "Declared endpoint {Endpoint} cannot be stored because its secret cannot be encrypted; will retry. {Reason}")]
    public static partial void SecretNotEncrypted(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3101, LogLevel.Error, "A replay failed and will be resumed from its position")]
    private static partial void WriteReplayPostponed(ILogger logger, Exception exception);

    [LoggerMessage(4009, LogLevel.Error, "Retention failed and will be retried; expired data stays for now")]
    private static partial void WriteRetentionPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        4032, LogLevel.Warning,
        "The write-ahead log could not be copied into the store: {Reason}; it grows meanwhile, and this will be retried")]
    public static partial void CheckpointFailed(ILogger logger, string reason);

    [LoggerMessage(4030, LogLevel.Error, "Events could not be indexed; lists stay complete, and this will be retried")]
    private static partial void WriteIndexingPostponed(ILogger logger, Exception exception);

    [LoggerMessage(4024, LogLevel.Error, "Store housekeeping failed unexpectedly; will retry")]
    public static partial void CleanupFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        4020, LogLevel.Error,
        "The system clock jumped from {Expected:O} to {Found:O}. Check the clock. Waits use monotonic time, and nothing is removed early")]
    public static partial void ClockJumped(ILogger logger, DateTimeOffset expected, DateTimeOffset found);

    [LoggerMessage(
        4021, LogLevel.Error,
        "The system clock says {Found:O}, but the store already contains data from {Expected:O}. Check the clock")]
    public static partial void ClockBehindStore(ILogger logger, DateTimeOffset found, DateTimeOffset expected);

    [LoggerMessage(4022, LogLevel.Error, "The system clock could not be checked against the store; will retry")]
    public static partial void ClockMonitorPostponed(ILogger logger, Exception exception);

    [LoggerMessage(4023, LogLevel.Information, "{Work} works again after {Failures} failures")]
    public static partial void PeriodicWorkContinues(ILogger logger, string work, int failures);

    [LoggerMessage(4025, LogLevel.Error, "Disk, sources and signatures could not be checked; will retry")]
    public static partial void OperationalMonitorPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        3040, LogLevel.Warning,
        "Deliveries scheduled beyond the longest possible wait ({LongestWait}) are attempted now: {Count}. The clock was wrong when they were scheduled, or the schedule is shorter now")]
    public static partial void PulledBack(ILogger logger, int count, TimeSpan longestWait);

    [LoggerMessage(4010, LogLevel.Warning, "Statistics could not be updated; will retry")]
    private static partial void WriteCountingPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        4031, LogLevel.Information,
        "Upgrading the store {Path} from version {Found} of its tables to {Version}; from an old version, a large store takes some minutes")]
    public static partial void StoreUpgrading(ILogger logger, string path, long found, int version);

    [LoggerMessage(4011, LogLevel.Information, "First start: created the store {Path} with the id {Store}")]
    public static partial void FirstStart(ILogger logger, string path, string store);

    [LoggerMessage(
        4012, LogLevel.Error, "Events get a 503 and nothing is delivered until the store is back. {Reason}")]
    public static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(4013, LogLevel.Information, "The store {Path} is in use again")]
    public static partial void StoreBack(ILogger logger, string path);

    [LoggerMessage(
        4014, LogLevel.Error, "Events get a 503 and nothing is delivered: the store is damaged. {Reason}")]
    public static partial void StoreCorrupt(ILogger logger, string reason);

    [LoggerMessage(
        4015, LogLevel.Warning,
        "The data directory {Directory} is accessible to other users ({Mode}). It is left unchanged because other programs use it too; use a dedicated directory")]
    public static partial void DirectoryShared(ILogger logger, string directory, string mode);

    [LoggerMessage(
        4016, LogLevel.Warning,
        "{Path} has the permissions {Mode} and could not be given {Wanted}: it belongs to another user. Change its owner or its permissions")]
    public static partial void PermissionsLoose(ILogger logger, string path, string mode, string wanted);

    [LoggerMessage(
        4017, LogLevel.Warning,
        "First start: created the store {Path} with the id {Store}, although a key ring was already there. If there was a store before, stop Scouthook and put it back")]
    public static partial void FirstStartBesideKeys(ILogger logger, string path, string store);

    /// <summary>
    /// Returns whether an exception is worth logging: background work retries by itself, and an unavailable store has
    /// already logged the reason once.
    /// </summary>
    private static bool IsNews(Exception exception) => exception is not InboxUnavailableException { IsReported: true };

    public static void DispatchPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteDispatchPostponed(logger, exception);
        }
    }

    public static void DeliveringPostponed(ILogger logger, string endpoint, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteDeliveringPostponed(logger, endpoint, exception);
        }
    }

    public static void WorkersPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteWorkersPostponed(logger, exception);
        }
    }

    public static void DeclaringPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteDeclaringPostponed(logger, exception);
        }
    }

    public static void ReplayPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteReplayPostponed(logger, exception);
        }
    }

    public static void RetentionPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteRetentionPostponed(logger, exception);
        }
    }

    public static void IndexingPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteIndexingPostponed(logger, exception);
        }
    }

    public static void CountingPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteCountingPostponed(logger, exception);
        }
    }

    [LoggerMessage(
        4026, LogLevel.Warning,
        "Another node declares newer endpoints since {Since}, so those that {By} declares on this node are not in force. Run the same version and configuration on all nodes")]
    public static partial void DeclarationSuperseded(ILogger logger, string by, DateTimeOffset since);

    [LoggerMessage(
        4027, LogLevel.Error,
        "There is a key ring in {Directory}, beside the database, and none in the data directory {DataDirectory}, which is used. Stop Scouthook and set Scouthook:Inbox:DataDirectory to the one with the keys, or endpoint secrets cannot be decrypted")]
    public static partial void KeyRingElsewhere(ILogger logger, string directory, string dataDirectory);

    public static void SourceSecretsPostponed(ILogger logger, Exception exception)
    {
        if (IsNews(exception))
        {
            WriteSourceSecretsPostponed(logger, exception);
        }
    }

    [LoggerMessage(4028, LogLevel.Warning, "The stored secrets of sources cannot be read now and will be read again")]
    private static partial void WriteSourceSecretsPostponed(ILogger logger, Exception exception);

    [LoggerMessage(
        4029, LogLevel.Error,
        "Source {Source} has neither a configured nor a stored secret, so its events are rejected and are being lost. {Mistake}")]
    public static partial void SourceWithoutSecret(ILogger logger, string source, string mistake);
}
