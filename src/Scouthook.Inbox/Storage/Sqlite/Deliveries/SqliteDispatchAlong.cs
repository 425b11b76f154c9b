using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Dispatches events in the transaction that stores them, which saves one of its own at low rates.</summary>
internal sealed class SqliteDispatchAlong(Func<SqliteSession, DispatchOutcome> dispatch, Action<DispatchOutcome> done) : SqliteWork
{
    private DispatchOutcome _outcome;

    public override bool IsRelaxed => true;

    public override void Run(SqliteSession session)
    {
        _outcome = dispatch(session);
        if (!_outcome.IsMoreToDo)
        {
            session.WithdrawEvents();
        }
    }

    public override void Complete()
    {
        if (_outcome.Deliveries > 0)
        {
            done(_outcome);
        }
    }

    public override void Fail(Exception exception)
    {
        // The dispatcher, which the events' own commit signals, meets it again and logs it.
    }
}
