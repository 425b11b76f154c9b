using System.Globalization;

namespace Scouthook.Gateway.Connections;

/// <summary>Limits the number of concurrent connections.</summary>
/// <param name="total">
/// The limit over all listeners; <see langword="null"/> for 10,000. In either case not more than the process may open,
/// less its own needs: a runtime without descriptors ends the process.
/// </param>
/// <param name="perAddress">The limit per address; trusted proxies and local sockets have no such limit.</param>
internal sealed class ConnectionLimits(int? total, int perAddress)
{
    // Determined at the first connection: by then the process has opened all files that it keeps open.
    private readonly Lazy<int> _total = new(() => (int)Math.Min(total ?? Max, Possible()));

    private const int Min = 32;
    private const int Least = 24;
    private const int Max = 10_000;
    private const int Reserve = 256;
    private const int Growth = 64;
    private const string LimitsFile = "/proc/self/limits";
    private const string OpenFiles = "/proc/self/fd";

    public int Total => _total.Value;

    public int PerAddress => perAddress;

    /// <remarks>
    /// The runtime alone keeps more than the reserve open, including its assemblies. Where even the minimum would take descriptors that
    /// it is likely to need, fewer connections have to do.
    /// </remarks>
    private static long Possible()
    {
        var (descriptors, inUse) = (Descriptors(), InUse());
        var free = descriptors - Math.Max(Reserve, inUse + Growth);
        return Math.Max(descriptors - inUse - (Growth / 2) >= Min ? Min : Least, free);
    }

    private static int InUse()
    {
        try
        {
            return Directory.GetFileSystemEntries(OpenFiles).Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long Descriptors()
    {
        const string name = "Max open files";
        try
        {
            foreach (var line in File.ReadLines(LimitsFile))
            {
                if (line.StartsWith(name, StringComparison.Ordinal))
                {
                    var soft = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
                    return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                        ? limit
                        : long.MaxValue;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or /proc is hidden: other systems have limits in the thousands.
        }

        return long.MaxValue;
    }
}
