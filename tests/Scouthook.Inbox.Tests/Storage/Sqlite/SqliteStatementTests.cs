using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

public sealed class SqliteStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqliteStatementTests()
    {
        _connection.Open();
        Run("CREATE TABLE item (number INTEGER PRIMARY KEY, value ANY) STRICT");
    }

    public static TheoryData<object?, object?> Values => new()
    {
        { 42L, 42L },
        { 42, 42L },
        { true, 1L },
        { 0.5, 0.5 },
        { "Zoë", "Zoë" },
        { "", "" },
        { new byte[] { 1, 0, 2 }, new byte[] { 1, 0, 2 } },
        { Array.Empty<byte>(), Array.Empty<byte>() },
        { null, DBNull.Value },
        { DBNull.Value, DBNull.Value },
    };

    public void Dispose() => _connection.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_is_read_as_it_was_stored(object? value, object? expected)
    {
        Run("INSERT INTO item (value) VALUES (?1)", value);

        using var select = new SqliteStatement(_connection, "SELECT value FROM item");
        Assert.Equal(expected, select.Scalar());
    }

    [Fact]
    public void Null_is_not_a_number_or_a_text()
    {
        using var select = new SqliteStatement(_connection, "SELECT NULL");
        using var row = select.Read();

        Assert.True(row.Read());
        Assert.True(row.IsDBNull(0));
        Assert.Throws<InvalidOperationException>(() => row.GetInt64(0));
        Assert.Throws<InvalidOperationException>(() => row.GetString(0));
        Assert.Throws<InvalidOperationException>(() => row.GetBytes(0));
    }

    [Fact]
    public void Scalar_without_a_row_is_null()
    {
        using var select = new SqliteStatement(_connection, "SELECT value FROM item WHERE number = ?1");

        Assert.Null(select.Scalar(1L));
    }

    [Fact]
    public void Changed_rows_are_counted()
    {
        Run("INSERT INTO item (value) VALUES (1), (2), (3)");

        Assert.Equal(2, Run("UPDATE item SET value = 0 WHERE value > ?1", 1L));
        Assert.Equal(0, Run("UPDATE item SET value = 0 WHERE value > ?1", 1L));
    }

    [Fact]
    public void Statement_is_usable_after_an_error()
    {
        using var insert = new SqliteStatement(_connection, "INSERT INTO item (number, value) VALUES (?1, ?2)");
        insert.Execute(1L, "first");

        var exception = Assert.Throws<SqliteException>(() => insert.Execute(1L, "again"));
        insert.Execute(2L, "second");

        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, exception.SqliteErrorCode);
        using var select = new SqliteStatement(_connection, "SELECT group_concat(value, ' ') FROM item");
        Assert.Equal("first second", select.Scalar());
    }

    [Fact]
    public void Rows_are_read_to_their_end_or_given_up_before_the_next_execution()
    {
        Run("INSERT INTO item (value) VALUES (1), (2)");
        using var select = new SqliteStatement(_connection, "SELECT value FROM item ORDER BY number");
        using (var rows = select.Read())
        {
            Assert.True(rows.Read());
            Assert.Throws<InvalidOperationException>(() => select.Read());
        }

        using var again = select.Read();
        Assert.True(again.Read());
        Assert.Equal(1L, again.GetInt64(0));
    }

    [Fact]
    public void Value_of_another_type_is_rejected()
    {
        using var select = new SqliteStatement(_connection, "SELECT ?1");

        Assert.Throws<ArgumentException>(() => select.Scalar(Guid.Empty));
    }

    private int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = new SqliteStatement(_connection, sql);
        return statement.Execute(values);
    }
}
