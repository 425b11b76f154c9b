using System.Runtime.InteropServices;
using System.Text;

namespace Scouthook.Cli.CommandLine;

/// <summary>Writes to standard output and knows whether it arrived there.</summary>
/// <remarks>
/// <see cref="Console"/> drops what it writes to a pipe that nobody reads any more and reports nothing, so it cannot be
/// used for what must not be lost.
/// </remarks>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;

    /// <returns>Whether the terminal, the pipe or the file took all of it.</returns>
    public static bool TryWrite(string text)
    {
        try
        {
            Console.Out.Flush();
            var bytes = Encoding.UTF8.GetBytes(text);
            if (!OperatingSystem.IsWindows())
            {
                return TryWrite(bytes);
            }

            using var output = Console.OpenStandardOutput();
            output.Write(bytes);
            output.Flush();
            return true;
        }
        catch (Exception problem) when (IsLost(problem))
        {
            return false;
        }
    }

    public static bool TryWriteLine(string line) => TryWrite(line + Environment.NewLine);

    /// <summary>Writes a line to standard error, where anything is better than ending because it is closed.</summary>
    public static void TryWriteError(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception problem) when (IsLost(problem))
        {
            // There is no place left to report it to.
        }
    }

    /// <summary>Tells whether an exception means that an output is closed, full or gone.</summary>
    public static bool IsLost(Exception problem) => problem is IOException or UnauthorizedAccessException;

    private static bool TryWrite(byte[] bytes)
    {
        var written = 0;
        while (written < bytes.Length)
        {
            var count = Write(Descriptor, bytes[written..], bytes.Length - written);
            if (count >= 0)
            {
                written += (int)count;
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, byte[] bytes, nint count);
}
