using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Applies retention to one SQLite file.</summary>
internal sealed class SqliteRetentionStore(SqliteWriter writer, TimeSpan repeatWindow) : IRetentionStore
{
    private const long PagesAtOnce = 500;

    public async Task<StepOutcome> RemoveAsync(DateTimeOffset age, TimeSpan events, TimeSpan deadLetters)
    {
        // Each in its own transaction, so that receiving gets its turn in between.
        var isMore = await writer.RunAsync(session =>
        {
            SqliteClockStore.Write(session, age);
            return Chunk(session).RemoveEvents();
        });
        isMore |= await writer.RunAsync(session => Chunk(session).RemoveRetained());
        isMore |= await writer.RunAsync(GiveBack);
        return isMore ? StepOutcome.MoreToDo : StepOutcome.Finished;

        SqliteRetention Chunk(SqliteSession session)
        {
            var time = session.Time with { Age = age };
            return new SqliteRetention(session, new RetentionRule(time, events, deadLetters), time);
        }
    }

    public async Task<StepOutcome> ForgetKeysAsync(DateTimeOffset age)
    {
        var isMore = await writer.RunAsync(session =>
        {
            SqliteClockStore.Write(session, age);
            return SqliteDeduplicationKeyCleanup.Forget(session, age, repeatWindow);
        });
        return isMore ? StepOutcome.MoreToDo : StepOutcome.Finished;
    }

    /// <summary>Returns disk space once much of the file is free; a little is kept, as it is soon used again.</summary>
    private static bool GiveBack(SqliteSession session)
    {
        var free = (long)session.Statement("PRAGMA freelist_count").Scalar()!;
        if (free < PagesAtOnce || free < (long)session.Statement("PRAGMA page_count").Scalar()! / 4)
        {
            return false;
        }

        using (var steps = session.Statement("PRAGMA incremental_vacuum(500)").Read())
        {
            while (steps.Read())
            {
            }
        }

        // A file created without auto_vacuum never shrinks, however often this runs.
        return (long)session.Statement("PRAGMA freelist_count").Scalar()! < free;
    }
}
