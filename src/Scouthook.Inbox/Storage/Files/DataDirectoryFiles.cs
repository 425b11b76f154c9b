namespace Scouthook.Inbox.Storage.Files;

/// <summary>Names the files that Scouthook keeps in a data directory.</summary>
internal static class DataDirectoryFiles
{
    public const string KeyRing = "keys";
    public const string Lock = "scouthook.lock";

    private const string AdminKey = "admin-key.sha256";

    /// <summary>Created by the file system at the root of a disk.</summary>
    private const string LostAndFound = "lost+found";

    /// <summary>Returns the database and the files next to it that belong to it, whether they exist or not.</summary>
    public static IEnumerable<string> Beside(string databasePath)
    {
        var directory = Path.GetDirectoryName(databasePath)!;
        return
        [
            databasePath, databasePath + "-wal", databasePath + "-shm",
            Path.Combine(directory, Lock), Path.Combine(directory, AdminKey), Path.Combine(directory, AdminKey + ".new"),
        ];
    }

    /// <summary>Returns whether the directory contains files of other programs.</summary>
    public static bool HasForeign(string databasePath)
    {
        var directory = Path.GetDirectoryName(databasePath)!;
        var own = Beside(databasePath).Select(file => Path.GetFileName(file)).Append(KeyRing).Append(LostAndFound).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFileSystemEntries(directory)
            .Any(entry => !own.Contains(Path.GetFileName(entry)));
    }

    /// <summary>Returns whether a key ring exists, which means that a store did, too.</summary>
    public static bool HasKeyRing(string databasePath)
    {
        var keyRing = Path.Combine(Path.GetDirectoryName(databasePath)!, KeyRing);
        return Directory.Exists(keyRing) && Directory.EnumerateFiles(keyRing, "*.xml").Any();
    }
}
