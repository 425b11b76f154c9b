namespace Scouthook.Gateway.Telemetry;

/// <summary>Reads how much of the disk of a directory is free.</summary>
internal static class DiskSpace
{
    /// <remarks>
    /// Where the store is a database elsewhere, nothing may ever be written to the data directory. It then need not exist, and the
    /// disk is that of the first directory above it that does.
    /// </remarks>
    public static long FreeBytes(string directory)
    {
        var existing = Path.GetFullPath(directory);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return new DriveInfo(existing).AvailableFreeSpace;
    }
}
