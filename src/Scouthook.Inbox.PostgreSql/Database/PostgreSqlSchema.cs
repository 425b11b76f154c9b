using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Creates and upgrades the tables: one script per version, all in one transaction.</summary>
internal static class PostgreSqlSchema
{
    private static readonly (int Version, string Name)[] Scripts = [.. typeof(PostgreSqlSchema).Assembly
        .GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(name => (int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
        .Order()];

    /// <summary>The version this program writes.</summary>
    public static int Version => Scripts[^1].Version;

    /// <summary>Upgrades the tables, while no other node does, and returns the identity of the store.</summary>
    /// <exception cref="InboxRefusedException">The database was written by a newer version.</exception>
    public static Guid Upgrade(NpgsqlConnection connection, string location)
    {
        using var transaction = connection.BeginTransaction();
        new PostgreSqlStatement(connection, transaction, "SELECT pg_advisory_xact_lock($1, $2)").Execute(
            PostgreSqlSession.LockClass, (int)PostgreSqlLock.Schema);

        // A commit that does not wait for the disk could be lost after another node has stored events in the new tables.
        new PostgreSqlStatement(connection, transaction, PostgreSqlSession.Synced).Execute();
        var found = new PostgreSqlStatement(connection, transaction, "SELECT to_regclass('store') IS NULL").Scalar() is true
            ? 0
            : (long)new PostgreSqlStatement(connection, transaction, "SELECT schema_version FROM store").Scalar()!;
        if (found > Version)
        {
            throw new InboxRefusedException(
                $"The store {location} was written by a newer version of Scouthook (schema {found}; this version supports "
                + $"{Version}). Start the newer version, or restore a backup from before the upgrade.");
        }

        foreach (var (version, name) in Scripts)
        {
            if (version > found)
            {
                using var command = new NpgsqlCommand(Read(name), connection, transaction) { CommandTimeout = 0 };
                command.ExecuteNonQuery();
                new PostgreSqlStatement(connection, transaction, "UPDATE store SET schema_version = $1").Execute(version);
            }
        }

        var id = (Guid)new PostgreSqlStatement(connection, transaction, "SELECT id FROM store").Scalar()!;
        transaction.Commit();
        return id;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
