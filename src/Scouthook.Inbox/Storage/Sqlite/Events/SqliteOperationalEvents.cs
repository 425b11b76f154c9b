using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores operational events, in the transaction of the change they report.</summary>
internal static class SqliteOperationalEvents
{
    public static long Add(SqliteSession session, NewEvent added)
    {
        var outcome = SqliteAppend.Append(session, added with { AgedAt = session.Age }, TimeSpan.Zero);
        session.Changes.AddEvents(outcome.Sequence, 1);
        session.SignalEvents();
        return outcome.Sequence;
    }
}
