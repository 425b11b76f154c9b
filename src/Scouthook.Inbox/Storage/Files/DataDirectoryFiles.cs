namespace Scouthook.Inbox.Storage.Files;

/// <summary>Names the files that Scouthook keeps in a data directory, whatever the store.</summary>
internal static class DataDirectoryFiles
{
    public const string KeyRing = "keys";
    public const string Lock = "scouthook.lock";
    public const string AdminKey = "admin-key.sha256";
    public const string NewAdminKey = AdminKey + ".new";

    /// <summary>Created by the file system at the root of a disk.</summary>
    private const string LostAndFound = "lost+found";

    /// <summary>Returns whether a directory contains files of other programs.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="storeFiles">The names of the files of the store.</param>
    public static bool HasForeign(string directory, IEnumerable<string> storeFiles)
    {
        HashSet<string> own = [KeyRing, Lock, AdminKey, NewAdminKey, LostAndFound, .. storeFiles];
        return Directory.EnumerateFileSystemEntries(directory).Any(entry => !own.Contains(Path.GetFileName(entry)));
    }

    /// <summary>Returns whether a key ring exists, which means that a store did, too.</summary>
    public static bool HasKeyRing(string dataDirectory)
    {
        var keyRing = Path.Combine(dataDirectory, KeyRing);
        return Directory.Exists(keyRing) && Directory.EnumerateFiles(keyRing, "*.xml").Any();
    }
}
