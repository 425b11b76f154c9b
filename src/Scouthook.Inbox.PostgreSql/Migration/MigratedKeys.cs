using System.Xml.Linq;
using Npgsql;

namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>The key ring: one file for each key in the data directory, one row in the database.</summary>
internal static class MigratedKeys
{
    public const string Table = "key_ring";

    public static void Write(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<KeyValuePair<string, XElement>> keys)
    {
        foreach (var (name, element) in keys)
        {
            new PostgreSqlStatement(connection, transaction, $"INSERT INTO {Table} (friendly_name, xml) VALUES ($1, $2)")
                .Execute(name, Text(element));
        }
    }

    public static MigratedTable DigestOf(IReadOnlyList<KeyValuePair<string, XElement>> keys)
    {
        var digest = new TableDigest();
        foreach (var (name, element) in keys)
        {
            digest.Add(name);
            digest.Add(Text(element));
            digest.EndRow();
        }

        return digest.Of(Table);
    }

    public static MigratedTable DigestOf(NpgsqlConnection connection)
    {
        var digest = new TableDigest();
        using var rows = new PostgreSqlStatement(connection, null, $"SELECT friendly_name, xml FROM {Table}").Read();
        while (rows.Read())
        {
            digest.Add(rows.GetString(0));
            digest.Add(rows.GetString(1));
            digest.EndRow();
        }

        return digest.Of(Table);
    }

    private static string Text(XElement element) => element.ToString(SaveOptions.DisableFormatting);
}
