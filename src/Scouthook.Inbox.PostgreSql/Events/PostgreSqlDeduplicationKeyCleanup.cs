using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Keeps <c>recent_key</c> as small as the repeat window.</summary>
/// <remarks>
/// It follows the events in order of their sequence and stores its position, so that no index on the age of a key is
/// required: that index would cost something with every event received. It stops before the first event whose key is
/// young, as it does not return to it. The age of a key is that of the age clock. Older versions stamped keys by the
/// wall clock: a stamp that is further ahead than the window was made while that was wrong, and counts as old.
/// </remarks>
internal static class PostgreSqlDeduplicationKeyCleanup
{
    private const long Chunk = 2_000;

    public static bool Forget(PostgreSqlSession session, DateTimeOffset age, TimeSpan window)
    {
        var done = session.Statement("SELECT value FROM upkeep WHERE name = 'keys_forgotten_through'").Scalar()
            is long value ? value : 0;
        var oldest = StoredTime.From(age - window);
        var newest = StoredTime.From(age + window);
        var last = session.Statement(
            """
            SELECT min(e.sequence) - 1 FROM (
              SELECT sequence, deduplication_key FROM event WHERE sequence > $1 ORDER BY sequence LIMIT $2) e
            JOIN recent_key k ON k.deduplication_key = e.deduplication_key AND k.sequence = e.sequence
            WHERE k.received_at BETWEEN $3 AND $4
            """).Scalar(done, Chunk, oldest, newest) is long beforeYoung
            ? beforeYoung
            : session.Statement(
                "SELECT max(sequence) FROM (SELECT sequence FROM event WHERE sequence > $1 ORDER BY sequence LIMIT $2) AS newest")
                .Scalar(done, Chunk) is long end ? end : done;
        if (last <= done)
        {
            return false;
        }

        session.Statement(
            """
            DELETE FROM recent_key WHERE deduplication_key IN (
              SELECT deduplication_key FROM event
              WHERE sequence > $1 AND sequence <= $2 AND deduplication_key IS NOT NULL)
            AND received_at NOT BETWEEN $3 AND $4
            """).Execute(done, last, oldest, newest);
        session.Statement(
            """
            INSERT INTO upkeep (name, value) VALUES ('keys_forgotten_through', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """).Execute(last);
        return true;
    }
}
