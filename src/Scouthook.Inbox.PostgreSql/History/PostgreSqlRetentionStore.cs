using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Applies retention to a PostgreSQL database.</summary>
internal sealed class PostgreSqlRetentionStore(
    PostgreSqlWriter writer, PostgreSqlChangeNumbers numbers, TimeSpan repeatWindow) : IRetentionStore
{
    public async Task<StepOutcome> RemoveAsync(DateTimeOffset age, TimeSpan events, TimeSpan deadLetters)
    {
        await numbers.UpdateAsync(CancellationToken.None);

        // Each in its own transaction, so that receiving gets its turn in between.
        var isMore = await writer.RunAsync(session =>
        {
            PostgreSqlClockStore.Write(session, age);
            return Chunk(session).RemoveEvents();
        });
        isMore |= await writer.RunAsync(session => Chunk(session).RemoveRetained());
        return isMore ? StepOutcome.MoreToDo : StepOutcome.Finished;

        PostgreSqlRetention Chunk(PostgreSqlSession session)
        {
            var time = session.Time with { Age = age };
            return new PostgreSqlRetention(session, new RetentionRule(time, events, deadLetters), time);
        }
    }

    public async Task<StepOutcome> ForgetKeysAsync(DateTimeOffset age)
    {
        var isMore = await writer.RunAsync(session =>
        {
            PostgreSqlClockStore.Write(session, age);
            return PostgreSqlDeduplicationKeyCleanup.Forget(session, age, repeatWindow);
        });
        return isMore ? StepOutcome.MoreToDo : StepOutcome.Finished;
    }
}
