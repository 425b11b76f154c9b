namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Keeps <c>recent_key</c> as small as the repeat window.</summary>
/// <remarks>
/// It follows the events in the order of their sequence and remembers how far it came, so that no index on the age of
/// a key has to be kept: that index would cost something with every event received.
/// </remarks>
internal static class SqliteKeyUpkeep
{
    private const long Chunk = 2_000;

    public static bool Forget(SqliteSession session, DateTimeOffset before)
    {
        var done = session.Statement("SELECT value FROM upkeep WHERE name = 'keys_forgotten_through'").Scalar()
            is long value ? value : 0;
        var last = session.Statement(
            """
            SELECT max(sequence) FROM (
              SELECT sequence, received_at FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2)
            WHERE received_at < ?3
            """).Scalar(done, Chunk, SqliteTime.From(before)) is long sequence ? sequence : done;
        if (last == done)
        {
            return false;
        }

        session.Statement(
            """
            DELETE FROM recent_key WHERE deduplication_key IN (
              SELECT deduplication_key FROM event
              WHERE sequence > ?1 AND sequence <= ?2 AND received_at < ?3 AND deduplication_key IS NOT NULL)
            AND received_at < ?3
            """).Execute(done, last, SqliteTime.From(before));
        session.Statement(
            """
            INSERT INTO upkeep (name, value) VALUES ('keys_forgotten_through', ?1)
            ON CONFLICT (name) DO UPDATE SET value = ?1
            """).Execute(last);
        return true;
    }
}
