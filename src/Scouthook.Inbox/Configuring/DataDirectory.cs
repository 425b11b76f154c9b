namespace Scouthook.Inbox.Configuring;

/// <summary>Where the store and what belongs to it lies.</summary>
internal static class DataDirectory
{
    /// <summary>The key ring that endpoint secrets are encrypted with; to be backed up with the store.</summary>
    public static string KeyRing(string databasePath) => Path.Combine(Path.GetDirectoryName(databasePath)!, "keys");
}
