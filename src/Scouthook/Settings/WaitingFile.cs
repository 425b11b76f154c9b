using System.Runtime.InteropServices;
using System.Text;

namespace Scouthook.Settings;

/// <summary>Recognises paths that must not be opened while the app runs.</summary>
/// <remarks>
/// Opening a named pipe waits for a writer, possibly forever, and reading a device may never end. Either would hold the
/// thread that checks the files.
/// </remarks>
internal static class WaitingFile
{
    private const int CurrentDirectory = -100;
    private const uint TypeMember = 1;
    private const int TypeBits = 0xf000;
    private const int Pipe = 0x1000;
    private const int CharacterDevice = 0x2000;

    /// <summary>Returns whether the path leads to a pipe or a device instead of a file.</summary>
    public static bool IsAt(string path)
    {
        if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        // The structure is the same on every processor architecture, unlike that of stat.
        const int length = 256, mode = 28;
        var terminated = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, terminated);
        var status = new byte[length];
        return Statx(CurrentDirectory, terminated, 0, TypeMember, status) == 0
            && (BitConverter.ToUInt16(status, mode) & TypeBits) is Pipe or CharacterDevice;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, byte[] status);
}
