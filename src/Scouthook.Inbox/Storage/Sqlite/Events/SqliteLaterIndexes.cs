namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Writes the indexes that only lists use, some time after their events (docs/decisions/0048).</summary>
/// <remarks>
/// They contain the events through a sequence; those after it, the tail, are read row by row. A reader must read that
/// sequence before it uses an index: meanwhile, more events may move from the tail to the index, but never back.
/// </remarks>
internal static class SqliteLaterIndexes
{
    /// <summary>The condition of the indexes; a query must have it in these words, or SQLite does not use them.</summary>
    public const string Contain = "unindexed IS NULL";

    /// <summary>The last sequence that the indexes contain.</summary>
    public const string Through = "SELECT value FROM upkeep WHERE name = 'indexed_through'";

    /// <summary>The tail never has more events than this.</summary>
    public const long MaxTail = 20_000;

    /// <summary>So many events are worth a transaction of their own.</summary>
    public const long Chunk = 500;

    /// <summary>Indexes the first events of the tail.</summary>
    /// <returns>How many events the tail still has.</returns>
    public static long Write(SqliteSession session, long count)
    {
        var newest = session.NewestEvent;
        var through = Math.Min(newest, session.IndexedThrough + count);
        if (through > session.IndexedThrough)
        {
            session.Statement("UPDATE event SET unindexed = NULL WHERE sequence > ?1 AND sequence <= ?2")
                .Execute(session.IndexedThrough, through);
            session.IndexedThrough = through;
        }

        return newest - through;
    }

    /// <summary>Indexes what makes the tail too long, after events were stored.</summary>
    /// <returns>How many events the tail has.</returns>
    public static long Limit(SqliteSession session, long newest)
    {
        var tail = newest - session.IndexedThrough;
        return tail > MaxTail ? Write(session, Math.Max(tail - MaxTail, Chunk)) : tail;
    }
}
