namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A unit of work with a result for its caller.</summary>
internal sealed class SqliteWork<T>(Func<SqliteSession, T> work, bool isRelaxed, int requests = 0) : SqliteWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Done => _done.Task;

    public override bool IsRelaxed => isRelaxed;

    public override int Requests => requests;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Complete() => _done.SetResult(_result);

    public override void Fail(Exception exception) => _done.SetException(exception);
}
