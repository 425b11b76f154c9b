using System.Formats.Tar;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Scouthook.Cli.CommandLine;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Cli.Managing;

/// <summary>A copy of a data directory: the database as of one instant, the key ring, the hash of the admin key.</summary>
/// <param name="File">The archive.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Through">The newest event in it.</param>
/// <param name="HasKeyRing">Whether the directory had a key ring.</param>
internal sealed record Backup(string File, long Bytes, long Through, bool HasKeyRing)
{
    private const string DatabaseName = "scouthook.db";

    /// <summary>The archive contains all payloads and the keys to the secrets of endpoints.</summary>
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Files next to the database that belong to it.</summary>
    private static readonly string[] Beside = [DataDirectoryFiles.KeyRing, DataDirectoryFiles.AdminKey];

    /// <exception cref="UsageException">There is no store, or the target file cannot be created.</exception>
    /// <exception cref="ManagementException">The backup failed; no partial files remain.</exception>
    public static async Task<Backup> WriteAsync(string directory, string to, CancellationToken cancellationToken)
    {
        var database = Path.Combine(directory, DatabaseName);
        if (!System.IO.File.Exists(database))
        {
            throw new UsageException($"There is no store at {Path.GetFullPath(database)}. Pass the data directory with --data.");
        }

        var target = Target(to);

        // Next to the target rather than in the temporary directory, which may be small; named so that concurrent backups do
        // not collide.
        var parts = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}");
        var (copy, archive) = ($"{parts}.db.part", $"{parts}.tar.part");
        try
        {
            var through = await CopyAsync(database, copy, cancellationToken);
            await PackAsync(directory, copy, archive, cancellationToken);
            System.IO.File.Move(archive, target);
            return new Backup(target, new FileInfo(target).Length, through, DataDirectoryFiles.HasKeyRing(directory));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new ManagementException($"The backup failed: {exception.Message}");
        }
        finally
        {
            System.IO.File.Delete(copy);
            System.IO.File.Delete(archive);
        }
    }

    /// <remarks>A missing directory is not created: it is more likely an unmounted disk.</remarks>
    private static string Target(string to)
    {
        var target = Path.GetFullPath(to);
        if (Directory.Exists(target))
        {
            throw new UsageException($"{target} is a directory. Pass the path of a file with --to.");
        }

        if (System.IO.File.Exists(target))
        {
            throw new UsageException($"{target} already exists and is not overwritten. Pass another file with --to.");
        }

        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw new UsageException($"The directory {Path.GetDirectoryName(target)} does not exist. Create or mount it first.");
    }

    /// <summary>Lets SQLite write a consistent copy while the gateway continues to receive.</summary>
    private static async Task<long> CopyAsync(string database, string copy, CancellationToken cancellationToken)
    {
        // SQLite keeps the permissions of an existing empty file.
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
