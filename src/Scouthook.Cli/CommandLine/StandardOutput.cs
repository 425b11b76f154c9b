using System.Runtime.InteropServices;
using System.Text;

namespace Scouthook.Cli.CommandLine;

/// <summary>Writes to standard output and reports whether the text arrived.</summary>
/// <remarks>
/// <see cref="Console"/> silently drops what it writes to a closed pipe, so it can't be used for text that must not be
/// lost.
/// </remarks>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;

    /// <returns>Whether the terminal, pipe or file accepted all of it.</returns>
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
        catch (Exception exception) when (IsLost(exception))
        {
            return false;
        }
    }

    public static bool TryWriteLine(string line) => TryWrite(line + Environment.NewLine);

    /// <summary>Writes a line before the process ends, unless nobody reads what it has written: a full pipe must not keep it.</summary>
    public static Task TryWriteLastLineAsync(string line) =>
        Task.WhenAny(Task.Run(() => TryWriteLine(line)), Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));

    /// <summary>Writes a line to standard error, broken between words on a terminal, and ignores that it is closed.</summary>
    public static void TryWriteError(string line)
    {
        try
        {
            if (Console.IsErrorRedirected)
            {
                Console.Error.WriteLine(line);
            }
            else
            {
                Console.Error.WriteLine(Prose.Wrap(line, Screen.Error.Profile.Width));
            }
        }
        catch (Exception exception) when (IsLost(exception))
        {
            // There is nowhere left to report it.
        }
    }

    /// <summary>Returns whether an exception means that an output is closed, full or gone.</summary>
    public static bool IsLost(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Describes a lost output in a sentence.</summary>
    public static string Describe(Exception exception) =>
        $"The output could not be written ({exception.Message.TrimEnd('.')}). It is incomplete.";

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
