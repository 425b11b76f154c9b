using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly List<IDisposable> _open = [];

    private string File => _folder["data/inner/scouthook.db"];

    public void Dispose()
    {
        _open.Reverse();
        _open.ForEach(it => it.Dispose());
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("foreign_keys", "1")]
    [InlineData("auto_vacuum", "2")]
    [InlineData("query_only", "0")]
    public void Writer_has_the_durable_settings(string pragma, string expected) =>
        Assert.Equal(expected, Read(OpenWriter(), $"PRAGMA {pragma}"));

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("query_only", "1")]
    public void Reader_waits_and_cannot_write(string pragma, string expected)
    {
        OpenWriter();
        var database = (SqliteDatabase)_open[0];
        database.Readers.Return(database.Readers.Take());

        using var again = database.Readers.Take();

        Assert.Equal(expected, Read(again.Connection, $"PRAGMA {pragma}"));
        Assert.Throws<SqliteException>(() => Read(again.Connection, "INSERT INTO source (name) VALUES ('x')"));
    }

    [Fact]
    public void Writer_plans_a_statement_with_a_limit_once()
    {
        const int preparedAgain = 5; // SQLITE_STMTSTATUS_REPREPARE
        SQLitePCL.raw.sqlite3_prepare_v2(OpenWriter().Handle, "SELECT name FROM source LIMIT ?1", out var statement);
        using (statement)
        {
            for (var limit = 1; limit < 4; limit++)
            {
                SQLitePCL.raw.sqlite3_bind_int64(statement, 1, limit);
                SQLitePCL.raw.sqlite3_step(statement);
                SQLitePCL.raw.sqlite3_reset(statement);
            }

            Assert.Equal(0, SQLitePCL.raw.sqlite3_stmt_status(statement, preparedAgain, 0));
        }
    }

    [Fact]
    public void Returned_reader_is_used_again()
    {
        OpenWriter();
        var readers = ((SqliteDatabase)_open[0]).Readers;
        var first = readers.Take();
        using var second = readers.Take();
        readers.Return(first);

        Assert.NotSame(first, second);
        Assert.Same(first, readers.Take());
        first.Dispose();
    }

    [Fact]
    public void Reader_opened_before_all_were_closed_is_not_used_again()
    {
        OpenWriter();
        var database = (SqliteDatabase)_open[0];
        var idle = database.Readers.Take();
        var inUse = database.Readers.Take();
        database.Readers.Return(idle);

        database.CloseReaders();
        database.Readers.Return(inUse);

        using var next = database.Readers.Take();
        Assert.All([idle, inUse], reader => Assert.Equal(System.Data.ConnectionState.Closed, reader.Connection.State));
        Assert.Equal(System.Data.ConnectionState.Open, next.Connection.State);
    }

    [Fact]
    public void Directory_is_created() => Assert.True(OpenWriter().State is System.Data.ConnectionState.Open && Directory.Exists(_folder["data/inner"]));

    [Fact]
    public void Schema_is_created_once_and_kept()
    {
        Read(OpenWriter(), "INSERT INTO source (name) VALUES ('kept')");
        Close();

        Assert.Equal("kept", Read(OpenWriter(), "SELECT name FROM source"));
    }

    [Fact]
    public void Integrity_holds() => Assert.Equal("ok", Read(OpenWriter(), "PRAGMA integrity_check"));

    [Fact]
    public async Task File_of_a_newer_version_is_rejected()
    {
        var newer = SqliteSchema.Version + 1;
        Read(OpenWriter(), $"PRAGMA user_version = {newer}");
        Close();

        var problem = await RefusedAsync();

        Assert.Contains(File, problem, StringComparison.Ordinal);
        Assert.Contains("newer version", problem, StringComparison.Ordinal);
        Assert.Contains($"schema {newer}; this version supports {SqliteSchema.Version}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_instance_on_the_same_directory_is_rejected_until_the_first_is_gone()
    {
        OpenWriter();

        var problem = await RefusedAsync();

        Assert.Equal(
            $"The data directory {_folder["data/inner"]} is in use by another Scouthook process. Stop it, or use "
            + "another directory.",
            problem);
        Close();
        OpenWriter();
    }

    [Fact]
    public async Task Directory_locked_by_another_process_is_rejected()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/flock"), "needs flock, to be another process");
        Directory.CreateDirectory(_folder["data/inner"]);
        using var other = Process.Start(new ProcessStartInfo("/usr/bin/flock")
        {
            ArgumentList = { _folder["data/inner/scouthook.lock"], "sh", "-c", "echo held; cat" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().InTime());

        Assert.Contains("in use by another Scouthook", await RefusedAsync(), StringComparison.Ordinal);

        other.StandardInput.Close();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
        OpenWriter();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Damaged_file_is_rejected(int intact)
    {
        OpenWriter();
        Close();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        Some.Bytes(bytes.Length - intact).CopyTo(bytes, intact);
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);

        var problem = await RefusedAsync();

        Assert.Contains(File, problem, StringComparison.Ordinal);
        Assert.Contains("is damaged or not a database", problem, StringComparison.Ordinal);
        Assert.Contains("backup", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_not_a_store_is_rejected()
    {
        Directory.CreateDirectory(_folder["data/inner"]);
        await System.IO.File.WriteAllTextAsync(
            File, string.Concat(Enumerable.Repeat("not a database\n", 500)), Encoding.UTF8, TestContext.Current.CancellationToken);

        Assert.Contains("is damaged or not a database", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_that_cannot_be_created_is_unavailable_until_it_can()
    {
        await System.IO.File.WriteAllTextAsync(_folder["data"], "in the way", TestContext.Current.CancellationToken);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var database = new SqliteDatabase(File);
        using var writer = new SqliteWriter(database, new StoreSignal(), clock);
        var inbox = new SqliteInbox(writer, TimeSpan.FromHours(48));
        var history = new SqliteEventHistory(new SqliteReader(database), clock);
        var store = new SqliteStore(database, writer);

        var problem = await Assert.ThrowsAsync<InboxUnavailableException>(() => store.OpenAsync(CancellationToken.None));
        Assert.Contains("cannot be written", problem.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", await store.CheckAsync(CancellationToken.None), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InboxUnavailableException>(() => history.FindAsync(Some.Id(), CancellationToken.None));

        System.IO.File.Delete(_folder["data"]);
        await Assert.ThrowsAsync<InboxUnavailableException>(async () => await inbox.AppendAsync([Some.Event()]));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(await inbox.AppendAsync([Some.Event()]));
        Assert.Null(await store.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Writer_finishes_queued_work_before_it_closes()
    {
        using var database = new SqliteDatabase(File);
        Task<AppendOutcomes>[] asked;
        using (var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System))
        {
            var inbox = new SqliteInbox(writer, TimeSpan.FromHours(48));
            asked = [.. Enumerable.Range(0, 50).Select(async _ => new AppendOutcomes((await inbox.AppendAsync([Some.Event()])).Length))];
        }

        Assert.Equal(50, (await Task.WhenAll(asked).InTime()).Sum(it => it.Count));
    }

    [Fact]
    public async Task Receiving_takes_precedence_over_all_other_writes()
    {
        using var database = new SqliteDatabase(File);
        using var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System);
        using var gate = new ManualResetEventSlim();
        var order = new List<string>();
        var blocking = writer.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(60)));

        Task<bool>[] others =
        [
            writer.RunAsync(_ => Add("other 1")), writer.RunAsync(_ => Add("other 2")),
            writer.ReceiveAsync(_ => Add("receiving 1"), requests: 1), writer.ReceiveAsync(_ => Add("receiving 2"), requests: 1),
        ];
        gate.Set();
        await Task.WhenAll([.. others, blocking]).InTime();

        Assert.Equal(["receiving 1", "receiving 2", "other 1", "other 2"], order);

        bool Add(string what)
        {
            order.Add(what);
            return true;
        }
    }

    private async Task<string> RefusedAsync()
    {
        using var database = new SqliteDatabase(File);
        using var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System);
        var store = new SqliteStore(database, writer);

        var problem = await Assert.ThrowsAsync<InboxRefusedException>(() => store.OpenAsync(CancellationToken.None));
        return problem.Message;
    }

    private SqliteConnection OpenWriter()
    {
        var database = new SqliteDatabase(File);
        _open.Add(database);
        var connection = database.OpenWriter();
        _open.Add(connection);
        return connection;
    }

    private void Close()
    {
        _open.Reverse();
        _open.ForEach(it => it.Dispose());
        _open.Clear();
    }

    private static string? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private readonly record struct AppendOutcomes(int Count);
}
