namespace Scouthook.Inbox.Configuring;

/// <summary>The files of the data directory besides the store.</summary>
internal static class DataDirectory
{
    /// <summary>The key ring that endpoint secrets are encrypted with; to be backed up with the store.</summary>
    public static string KeysIn(string dataDirectory) => Path.Combine(dataDirectory, "keys");
}
