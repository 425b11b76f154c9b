namespace Scouthook.Inbox.Storage.Files;

/// <summary>Names what Scouthook keeps in a data directory.</summary>
internal static class DataDirectoryFiles
{
    public const string KeyRing = "keys";
    public const string Lock = "scouthook.lock";

    private const string AdminKey = "admin-key.sha256";

    /// <summary>Made by the file system of a disk of its own.</summary>
    private const string LostAndFound = "lost+found";

    /// <summary>The files beside a database that belong to it, whether they exist or not, and the database.</summary>
    public static IEnumerable<string> Beside(string databasePath)
    {
        var directory = Path.GetDirectoryName(databasePath)!;
        return
        [
            databasePath, databasePath + "-wal", databasePath + "-shm",
            Path.Combine(directory, Lock), Path.Combine(directory, AdminKey), Path.Combine(directory, AdminKey + ".new"),
        ];
    }

    /// <summary>Whether the directory holds files of somebody else.</summary>
    public static bool HasForeign(string databasePath)
    {
        var directory = Path.GetDirectoryName(databasePath)!;
        var own = Beside(databasePath).Select(file => Path.GetFileName(file)).Append(KeyRing).Append(LostAndFound).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFileSystemEntries(directory)
            .Any(entry => !own.Contains(Path.GetFileName(entry)));
    }

    /// <summary>Whether a key ring is there: a store was, too.</summary>
    public static bool HasKeyRing(string databasePath)
    {
        var keyRing = Path.Combine(Path.GetDirectoryName(databasePath)!, KeyRing);
        return Directory.Exists(keyRing) && Directory.EnumerateFiles(keyRing, "*.xml").Any();
    }
}
