using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;

namespace Scouthook.Inbox.Storage.Files;

/// <summary>
/// Creates the files of a data directory so that no other local user can read them, and tightens existing ones.
/// </summary>
/// <param name="fileMode">
/// The permissions of files: 0600, or 0640 for a backup group; <see langword="null"/> to leave existing files
/// unchanged.
/// </param>
/// <remarks>
/// The store holds the bodies of all events, and a lock file that others may open can be locked by them. Write-ahead log and
/// index get the permissions of the database from SQLite.
/// </remarks>
internal sealed class OwnFiles(UnixFileMode? fileMode)
{
    private const UnixFileMode Everything =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly UnixFileMode _fileMode = fileMode ?? (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>0700, or 0750 if the group may read files.</summary>
    private UnixFileMode DirectoryMode => _fileMode | UnixFileMode.UserExecute
        | (_fileMode.HasFlag(UnixFileMode.GroupRead) ? UnixFileMode.GroupExecute : UnixFileMode.None);

    public void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, DirectoryMode);
        File.SetUnixFileMode(directory, DirectoryMode);
    }

    /// <summary>Opens a file for writing; a new file gets the permissions at once.</summary>
    public FileStream Open(string file, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(file, options);
        }

        // The umask of the process may remove permissions of the group.
        var isNew = !File.Exists(file);
        options.UnixCreateMode = _fileMode;
        var stream = new FileStream(file, options);
        if (isNew)
        {
            File.SetUnixFileMode(stream.SafeFileHandle, _fileMode);
        }

        return stream;
    }

    /// <summary>
    /// Tightens the files of a store, and their directory unless it contains files of other programs.
    /// </summary>
    /// <param name="files">The paths of the files, all in one directory; they need not exist.</param>
    /// <param name="logger">Logs what could not be tightened.</param>
    public void TightenStore(IReadOnlyList<string> files, ILogger logger)
    {
        if (OperatingSystem.IsWindows() || fileMode is null)
        {
            return;
        }

        foreach (var file in files.Where(File.Exists))
        {
            Tighten(file, _fileMode, logger);
        }

        var directory = Path.GetDirectoryName(files[0])!;
        var mode = File.GetUnixFileMode(directory);
        var isLoose = (mode & Everything & ~DirectoryMode) != 0;
        if (isLoose
            && (mode.HasFlag(UnixFileMode.StickyBit)
                || DataDirectoryFiles.HasForeign(directory, files.Select(file => Path.GetFileName(file)))))
        {
            InboxLog.DirectoryShared(logger, directory, Octal(mode));
            return;
        }

        Tighten(directory, DirectoryMode, logger);
    }

    /// <summary>Tightens the admin key and the key ring in a data directory.</summary>
    public void TightenKeys(string dataDirectory, ILogger logger)
    {
        if (OperatingSystem.IsWindows() || fileMode is null)
        {
            return;
        }

        foreach (var file in new[] { DataDirectoryFiles.AdminKey, DataDirectoryFiles.NewAdminKey }
            .Select(name => Path.Combine(dataDirectory, name))
            .Where(File.Exists))
        {
            Tighten(file, _fileMode, logger);
        }

        var keyRing = Path.Combine(dataDirectory, DataDirectoryFiles.KeyRing);
        if (!Directory.Exists(keyRing))
        {
            return;
        }

        Tighten(keyRing, DirectoryMode, logger);
        try
        {
            foreach (var key in Directory.EnumerateFiles(keyRing, "*.xml"))
            {
                Tighten(key, _fileMode, logger);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            InboxLog.PermissionsLoose(logger, keyRing, Octal(File.GetUnixFileMode(keyRing)), Octal(DirectoryMode));
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Tighten(string path, UnixFileMode wanted, ILogger logger)
    {
        var mode = File.GetUnixFileMode(path);
        var given = mode & Everything;

        // Stricter permissions than requested are fine, unless a group was configured explicitly.
        if ((given & ~wanted) == 0 && (given == wanted || !wanted.HasFlag(UnixFileMode.GroupRead)))
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, (mode & ~Everything) | wanted);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            InboxLog.PermissionsLoose(logger, path, Octal(mode), Octal(wanted));
        }
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
