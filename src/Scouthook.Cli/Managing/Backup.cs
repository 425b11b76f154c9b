using System.Formats.Tar;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>A copy of a data directory: the database as of one instant, the key ring, the hash of the admin key.</summary>
internal sealed record Backup(string File, long Bytes, long Through)
{
    private const string DatabaseName = "scouthook.db";

    /// <summary>What lies beside the database and belongs to it.</summary>
    private static readonly string[] Beside = ["keys", "admin-key.sha256"];

    public static async Task<Backup> WriteAsync(string directory, string to, CancellationToken cancellationToken)
    {
        var database = Path.Combine(directory, DatabaseName);
        if (!System.IO.File.Exists(database))
        {
            throw new UsageException($"There is no store {Path.GetFullPath(database)}. Give the data directory with --data.");
        }

        var target = Path.GetFullPath(to);
        if (System.IO.File.Exists(target))
        {
            throw new UsageException($"{target} is there already. Give another file.");
        }

        // Beside the target and not in the directory for temporary files, which may be small.
        var folder = Path.GetDirectoryName(target)!;
        var copy = Path.Combine(folder, $".{Path.GetFileName(target)}.db");
        var archive = target + ".part";
        try
        {
            Directory.CreateDirectory(folder);
            var through = await CopyAsync(database, copy, cancellationToken);
            await PackAsync(directory, copy, archive, cancellationToken);
            System.IO.File.Move(archive, target);
            return new Backup(target, new FileInfo(target).Length, through);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new ManagementException($"The backup was not written: {problem.Message}");
        }
        finally
        {
            System.IO.File.Delete(copy);
            System.IO.File.Delete(archive);
        }
    }

    /// <summary>Has SQLite write a copy as of one instant; the gateway goes on receiving meanwhile.</summary>
    private static async Task<long> CopyAsync(string database, string copy, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = database,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = "VACUUM INTO $copy";
        command.Parameters.AddWithValue("$copy", copy);
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var written = new SqliteConnection($"Data Source={copy};Mode=ReadOnly;Pooling=False");
        await written.OpenAsync(cancellationToken);
        await using var newest = written.CreateCommand();
        newest.CommandText = "SELECT coalesce(max(sequence), 0) FROM event";
        return Convert.ToInt64(await newest.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task PackAsync(string directory, string copy, string archive, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            // The key ring opens the secrets of endpoints.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(archive, options);
        await using var tar = new TarWriter(stream, leaveOpen: true);
        await tar.WriteEntryAsync(copy, DatabaseName, cancellationToken);
        foreach (var name in Beside)
        {
            var path = Path.Combine(directory, name);
            if (System.IO.File.Exists(path))
            {
                await tar.WriteEntryAsync(path, name, cancellationToken);
            }
            else if (Directory.Exists(path))
            {
                foreach (var file in Directory.EnumerateFiles(path))
                {
                    await tar.WriteEntryAsync(file, $"{name}/{Path.GetFileName(file)}", cancellationToken);
                }
            }
        }

        await tar.DisposeAsync();
        stream.Flush(flushToDisk: true);
    }
}
