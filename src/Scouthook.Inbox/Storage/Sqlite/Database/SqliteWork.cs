namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A piece of work for the writer. It may run twice, if the transaction it first ran in was taken back.</summary>
internal abstract class SqliteWork
{
    public abstract void Run(SqliteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception problem);
}
