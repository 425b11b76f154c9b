using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Marks a database into which a store is being moved, until everything is there and verified.</summary>
internal static class PostgreSqlMigrationMark
{
    public const string Table = "unfinished_migration";

    /// <exception cref="InboxRefusedException">The database has a part of a store only.</exception>
    public static void Refuse(NpgsqlConnection connection, string location)
    {
        if (Exists(connection, null))
        {
            var from = (string)new PostgreSqlStatement(connection, null, $"SELECT source FROM {Table}").Scalar()!;
            throw new InboxRefusedException(
                $"The store {location} is incomplete: moving {from} to it has not finished. Run scouthook migrate --from {from} again, "
                + "or use another database.");
        }
    }

    public static bool Exists(NpgsqlConnection connection, NpgsqlTransaction? transaction) =>
        new PostgreSqlStatement(connection, transaction, $"SELECT to_regclass('{Table}') IS NOT NULL").Scalar() is true;
}
