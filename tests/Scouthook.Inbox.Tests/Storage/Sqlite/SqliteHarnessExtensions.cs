using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Queries the file directly.</summary>
internal static class SqliteHarnessExtensions
{
    public static string Text(this SqliteHarness store, string sql) =>
        Convert.ToString(store.Scalar(sql), CultureInfo.InvariantCulture)!;

    public static long Number(this SqliteHarness store, string sql) => (long)store.Scalar(sql)!;

    private static object? Scalar(this SqliteHarness store, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={store.Database.Path};Mode=ReadWrite;Pooling=False");
        connection.Open();
        return connection.ExecuteScalar(sql);
    }
}
