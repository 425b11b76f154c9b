using Npgsql;
using NpgsqlTypes;
using Scouthook.Inbox.Storage.Sqlite.Export;

namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>Writes rows of an exported table into a database, and reads both for comparison.</summary>
internal static class TableCopy
{
    public static NpgsqlBinaryImporter BeginImport(NpgsqlConnection connection, ExportTable table) =>
        connection.BeginBinaryImport($"COPY {table.Name} ({ColumnsOf(table)}) FROM STDIN (FORMAT BINARY)");

    /// <summary>Writes the current row.</summary>
    /// <returns>The approximate size of its texts and bytes.</returns>
    public static long Write(NpgsqlBinaryImporter importer, ExportRows rows, ExportTable table)
    {
        var size = 0L;
        importer.StartRow();
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (rows.IsNull(column))
            {
                importer.WriteNull();
                continue;
            }

            switch (table.Columns[column].Kind)
            {
                case ExportKind.Int64:
                    importer.Write(rows.GetInt64(column), NpgsqlDbType.Bigint);
                    break;
                case ExportKind.Int32:
                    importer.Write(checked((int)rows.GetInt64(column)), NpgsqlDbType.Integer);
                    break;
                case ExportKind.Int16:
                    importer.Write(checked((short)rows.GetInt64(column)), NpgsqlDbType.Smallint);
                    break;
                case ExportKind.Boolean:
                    importer.Write(rows.GetInt64(column) != 0, NpgsqlDbType.Boolean);
                    break;
                case ExportKind.Guid:
                    importer.Write(rows.GetGuid(column), NpgsqlDbType.Uuid);
                    break;
                case ExportKind.Text:
                    var text = PostgreSqlText.Storable(rows.GetText(column));
                    importer.Write(text, NpgsqlDbType.Text);
                    size += text.Length;
                    break;
                default:
                    var bytes = rows.GetBytes(column);
                    importer.Write(bytes, NpgsqlDbType.Bytea);
                    size += bytes.Length;
                    break;
            }
        }

        return size;
    }

    /// <summary>Reads a table of the old store.</summary>
    public static MigratedTable DigestOf(SqliteExport export, ExportTable table, Action onRow)
    {
        var digest = new TableDigest();
        using var rows = export.Read(table, after: 0);
        while (rows.Read())
        {
            for (var column = 0; column < table.Columns.Count; column++)
            {
                Add(digest, rows, column, table.Columns[column].Kind);
            }

            digest.EndRow();
            onRow();
        }

        return digest.Of(table.Name);
    }

    /// <summary>Reads a table of the database.</summary>
    public static MigratedTable DigestOf(NpgsqlConnection connection, ExportTable table, CancellationToken cancellationToken)
    {
        var digest = new TableDigest();
        using var rows = connection.BeginBinaryExport($"COPY (SELECT {ColumnsOf(table)} FROM {table.Name}) TO STDOUT (FORMAT BINARY)");
        while (rows.StartRow() >= 0)
        {
            foreach (var column in table.Columns)
            {
                Add(digest, rows, column.Kind);
            }

            digest.EndRow();
            if (cancellationToken.IsCancellationRequested)
            {
                rows.Cancel();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return digest.Of(table.Name);
    }

    private static void Add(TableDigest digest, ExportRows rows, int column, ExportKind kind)
    {
        if (rows.IsNull(column))
        {
            digest.AddNull();
            return;
        }

        switch (kind)
        {
            case ExportKind.Boolean:
                digest.Add(rows.GetInt64(column) != 0 ? 1 : 0);
                break;
            case ExportKind.Text:
                digest.Add(PostgreSqlText.Storable(rows.GetText(column)));
                break;
            case ExportKind.Bytes or ExportKind.Guid:
                digest.Add(rows.GetBytes(column));
                break;
            default:
                digest.Add(rows.GetInt64(column));
                break;
        }
    }

    private static void Add(TableDigest digest, NpgsqlBinaryExporter rows, ExportKind kind)
    {
        if (rows.IsNull)
        {
            digest.AddNull();
            rows.Skip();
            return;
        }

        switch (kind)
        {
            case ExportKind.Int64:
                digest.Add(rows.Read<long>(NpgsqlDbType.Bigint));
                break;
            case ExportKind.Int32:
                digest.Add(rows.Read<int>(NpgsqlDbType.Integer));
                break;
            case ExportKind.Int16:
                digest.Add(rows.Read<short>(NpgsqlDbType.Smallint));
                break;
            case ExportKind.Boolean:
                digest.Add(rows.Read<bool>(NpgsqlDbType.Boolean) ? 1 : 0);
                break;
            case ExportKind.Guid:
                digest.Add(rows.Read<Guid>(NpgsqlDbType.Uuid).ToByteArray(bigEndian: true));
                break;
            case ExportKind.Text:
                digest.Add(rows.Read<string>(NpgsqlDbType.Text));
                break;
            default:
                digest.Add(rows.Read<byte[]>(NpgsqlDbType.Bytea));
                break;
        }
    }

    private static string ColumnsOf(ExportTable table) => string.Join(", ", table.Columns.Select(column => column.Name));
}
