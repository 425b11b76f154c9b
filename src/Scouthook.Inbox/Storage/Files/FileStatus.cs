using System.Runtime.InteropServices;
using System.Text;

namespace Scouthook.Inbox.Storage.Files;

/// <summary>Identifies the file at a path and shows whether it was written to.</summary>
/// <param name="Device">The file system that contains it.</param>
/// <param name="Number">Its inode number; on systems other than Linux, the time of its creation.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last written, in nanoseconds.</param>
/// <remarks>
/// Reads only the directory entry. Opening and closing a database file outside SQLite would drop the locks that SQLite holds
/// on it in this process (https://sqlite.org/howtocorrupt.html).
/// </remarks>
internal readonly record struct FileStatus(ulong Device, ulong Number, long Size, long WrittenAt)
{
    private const int CurrentDirectory = -100;
    private const uint BasicMembers = 0x7ff;

    /// <returns>The status; <see langword="null"/> if there is no file that can be reached.</returns>
    public static FileStatus? Read(string path) => OperatingSystem.IsLinux() ? ReadOnLinux(path) : ReadElsewhere(path);

    public bool IsSameFileAs(FileStatus? other) => other is { } file && (file.Device, file.Number) == (Device, Number);

    private static FileStatus? ReadOnLinux(string path)
    {
        // The structure is the same on every processor architecture, which is not so for stat.
        const int length = 256, inode = 32, size = 40, writtenAt = 112, device = 136;
        var terminated = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, terminated);
        var status = new byte[length];
        if (Statx(CurrentDirectory, terminated, 0, BasicMembers, status) != 0)
        {
            return null;
        }

        return new FileStatus(
            BitConverter.ToUInt64(status, device),
            BitConverter.ToUInt64(status, inode),
            BitConverter.ToInt64(status, size),
            (BitConverter.ToInt64(status, writtenAt) * 1_000_000_000) + BitConverter.ToUInt32(status, writtenAt + sizeof(long)));
    }

    private static FileStatus? ReadElsewhere(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? new FileStatus(0, (ulong)file.CreationTimeUtc.Ticks, file.Length, file.LastWriteTimeUtc.Ticks * 100)
            : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, byte[] status);
}
