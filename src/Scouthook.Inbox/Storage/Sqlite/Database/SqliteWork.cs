namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A unit of work for the writer. It may run twice, if its first transaction was rolled back.</summary>
internal abstract class SqliteWork
{
    /// <summary>True if its commit need not wait for the disk.</summary>
    public abstract bool IsRelaxed { get; }

    /// <summary>The number of requests that wait to be stored by it.</summary>
    public virtual int Requests => 0;

    public abstract void Run(SqliteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}
