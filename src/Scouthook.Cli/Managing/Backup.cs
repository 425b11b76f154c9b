using System.Formats.Tar;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>A copy of a data directory: the database as of one instant, the key ring, the hash of the admin key.</summary>
internal sealed record Backup(string File, long Bytes, long Through)
{
    private const string DatabaseName = "scouthook.db";

    /// <summary>It holds all payloads and the keys to the secrets of endpoints: nobody else's business.</summary>
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What lies beside the database and belongs to it.</summary>
    private static readonly string[] Beside = ["keys", "admin-key.sha256"];

    /// <exception cref="UsageException">There is no store, or the file cannot be made where it is wanted.</exception>
    /// <exception cref="ManagementException">Something went wrong on the way; nothing is left behind.</exception>
    public static async Task<Backup> WriteAsync(string directory, string to, CancellationToken cancellationToken)
    {
        var database = Path.Combine(directory, DatabaseName);
        if (!System.IO.File.Exists(database))
        {
            throw new UsageException($"There is no store {Path.GetFullPath(database)}. Give the data directory with --data.");
        }

        var target = Target(to);

        // Beside the target and not in the directory for temporary files, which may be small; named so that two backups at once
        // do not meet.
        var parts = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}");
        var (copy, archive) = ($"{parts}.db.part", $"{parts}.tar.part");
        try
        {
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

    /// <remarks>A directory that is not there is more often a disk that is not mounted than one to be made.</remarks>
    private static string Target(string to)
    {
        var target = Path.GetFullPath(to);
        if (Directory.Exists(target))
        {
            throw new UsageException($"{target} is a directory. Give a file in it with --to.");
        }

        if (System.IO.File.Exists(target))
        {
            throw new UsageException($"{target} is there already, and is not overwritten. Give another file with --to.");
        }

        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw new UsageException($"There is no directory {Path.GetDirectoryName(target)}. Make it, or mount it, first.");
    }

    /// <summary>Has SQLite write a copy as of one instant; the gateway goes on receiving meanwhile.</summary>
    private static async Task<long> CopyAsync(string database, string copy, CancellationToken cancellationToken)
    {
        // SQLite takes an empty file as it is, with who may read it.
        await Create(copy).DisposeAsync();
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

        await using var written = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = copy,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        await written.OpenAsync(cancellationToken);
        await using var newest = written.CreateCommand();
        newest.CommandText = "SELECT coalesce(max(sequence), 0) FROM event";
        return Convert.ToInt64(await newest.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task PackAsync(string directory, string copy, string archive, CancellationToken cancellationToken)
    {
        await using var stream = Create(archive);
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
                foreach (var file in Directory.EnumerateFiles(path, "*.xml"))
                {
                    await tar.WriteEntryAsync(file, $"{name}/{Path.GetFileName(file)}", cancellationToken);
                }
            }
        }

        await tar.DisposeAsync();
        stream.Flush(flushToDisk: true);
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
