using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The messages of the store.</summary>
internal static partial class PostgreSqlLog
{
    [LoggerMessage(4101, LogLevel.Warning, "The server of the store {Location} runs with fsync=off: after a crash, acknowledged events may be missing.")]
    public static partial void NoFsync(ILogger logger, string location);

    [LoggerMessage(4102, LogLevel.Information, "The store {Location} is notified of the commits of other nodes.")]
    public static partial void Listening(ILogger logger, string location);

    [LoggerMessage(4103, LogLevel.Warning, "The store {Location} gets no notifications, as through a pooler in transaction mode: it polls every {Interval} ms. Set Scouthook:Inbox:PostgreSql:ListenConnectionString to a direct connection to avoid the delay.")]
    public static partial void Polling(ILogger logger, string location, int interval);
}
