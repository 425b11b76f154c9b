namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Adds to the change log, inside the transaction of the change.</summary>
internal sealed class SqliteChangeLogWrites(SqliteSession session)
{
    private long? _next;

    public void AddEvents(long first, int count)
    {
        if (count > 0)
        {
            session.Statement("INSERT INTO change (change_id, ids, sequence) VALUES (?1, ?2, ?3)")
                .Execute(Take(count), (long)count, first);
        }
    }

    public void AddAttempt(long delivery, int number) => session.Statement(
        "INSERT INTO change (change_id, ids, delivery_id, number) VALUES (?1, 1, ?2, ?3)")
        .Execute(Take(1), delivery, (long)number);

    /// <summary>The transaction was rolled back.</summary>
    public void Forget() => _next = null;

    private long Take(int count)
    {
        var first = _next
            ?? (session.Statement("SELECT change_id + ids FROM change ORDER BY change_id DESC LIMIT 1").Scalar() is long next
                ? next
                : 1);
        _next = first + count;
        session.SignalChange();
        return first;
    }
}
