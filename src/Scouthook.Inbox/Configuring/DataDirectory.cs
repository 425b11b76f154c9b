namespace Scouthook.Inbox.Configuring;

/// <summary>The files of the data directory other than the store.</summary>
internal static class DataDirectory
{
    /// <summary>The key ring that encrypts endpoint secrets; to be backed up with the store.</summary>
    public static string KeysIn(string dataDirectory) => Path.Combine(dataDirectory, "keys");
}
