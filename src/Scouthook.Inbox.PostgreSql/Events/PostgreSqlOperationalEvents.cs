using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores operational events, in the transaction of the change they report, which then waits for the disk.</summary>
internal static class PostgreSqlOperationalEvents
{
    public static void Add(PostgreSqlSession session, params IReadOnlyList<NewEvent> added)
    {
        if (added.Count == 0)
        {
            return;
        }

        session.RequireSynced();
        new PostgreSqlAppend(session, TimeSpan.Zero).Run([.. added.Select(one => one with { AgedAt = session.Age })]);
    }
}
