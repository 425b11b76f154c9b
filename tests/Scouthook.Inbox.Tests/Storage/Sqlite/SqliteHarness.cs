using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class SqliteHarness : StoreHarness
{
    private readonly Folder _folder = new();
    private readonly TimeSpan _repeatWindow;
    private readonly TimeProvider _timeProvider;
    private SqliteDatabase _database;
    private SqliteWriter _writer;
    private SqliteInbox _inbox;
    private SqliteEventHistory _history;

    private SqliteHarness(TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        _repeatWindow = repeatWindow;
        _timeProvider = timeProvider;
        (_database, _writer, _inbox, _history) = Make();
    }

    public override IInbox Inbox => _inbox;

    public override IEventHistory History => _history;

    public SqliteDatabase Database => _database;

    public SqliteWriter Writer => _writer;

    public static async Task<SqliteHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        var harness = new SqliteHarness(repeatWindow, timeProvider);
        await harness.Inbox.OpenAsync(CancellationToken.None);
        return harness;
    }

    public override async Task ReopenAsync()
    {
        Close();
        (_database, _writer, _inbox, _history) = Make();
        await Inbox.OpenAsync(CancellationToken.None);
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _writer.Dispose();
        _database.Dispose();
    }

    private (SqliteDatabase Database, SqliteWriter Writer, SqliteInbox Inbox, SqliteEventHistory History) Make()
    {
        var database = new SqliteDatabase(_folder["scouthook.db"]);
        var writer = new SqliteWriter(database, new StoreSignal(), _timeProvider);
        return (
            database, writer, new SqliteInbox(writer, _repeatWindow),
            new SqliteEventHistory(new SqliteReader(database), writer, _timeProvider));
    }
}
