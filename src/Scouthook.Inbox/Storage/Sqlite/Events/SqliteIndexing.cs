using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Keeps the indexes that are written later up to date: soon while many events come, else once a minute.</summary>
internal sealed class SqliteIndexing(SqliteWriter writer, SqliteTail tail, TimeProvider timeProvider, ILogger<SqliteIndexing> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), timeProvider, logger, tail.IsLong)
{
    protected override bool WaitsFirst => true;

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken) =>
        await writer.RunRelaxedAsync(session => SqliteLaterIndexes.Write(session, SqliteLaterIndexes.Chunk)) >= SqliteLaterIndexes.Chunk;

    protected override void LogPostponed(Exception exception) => InboxLog.IndexingPostponed(logger, exception);
}
