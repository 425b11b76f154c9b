using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Creates and upgrades the tables: one script per version, each in its own transaction.</summary>
internal static class SqliteSchema
{
    private static readonly (int Version, string Name)[] Scripts = [.. typeof(SqliteSchema).Assembly
        .GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(name => (int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
        .Order()];

    /// <summary>The version this program writes.</summary>
    public static int Version => Scripts[^1].Version;

    /// <param name="connection">The writing connection.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="begin">Called with the version found before a store is upgraded.</param>
    /// <returns>The version found.</returns>
    /// <exception cref="InboxRefusedException">The file was written by a newer version.</exception>
    /// <exception cref="SqliteException">SQLite cannot read or write the file.</exception>
    public static long Upgrade(SqliteConnection connection, string path, Action<long>? begin = null)
    {
        // Reading the schema is the first access to a file that may be damaged: better now than at the first event.
        Scalar(connection, "SELECT count(*) FROM sqlite_schema");
        var found = Scalar(connection, "PRAGMA user_version");
        if (found > Version)
        {
            throw new InboxRefusedException(
                $"The store {path} was written by a newer version of Scouthook (schema {found}; this version supports "
                + $"{Version}). Start the newer version, or restore a backup from before the upgrade.");
        }

        if (found > 0 && found < Version)
        {
            begin?.Invoke(found);
        }

        foreach (var (version, name) in Scripts)
        {
            if (version > found)
            {
                Apply(connection, version, name);
            }
        }

        return found;
    }

    private static void Apply(SqliteConnection connection, int version, string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = reader.ReadToEnd()
            + string.Create(CultureInfo.InvariantCulture, $"\nPRAGMA user_version = {version};");
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
