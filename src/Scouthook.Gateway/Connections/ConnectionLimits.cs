using System.Globalization;

namespace Scouthook.Gateway.Connections;

/// <summary>How many connections there may be at once.</summary>
/// <param name="Total">Over all listeners.</param>
/// <param name="PerAddress">From one address; trusted proxies and local sockets have no such limit.</param>
internal sealed record ConnectionLimits(int Total, int PerAddress)
{
    private const int Least = 32;
    private const int Most = 10_000;
    private const int Reserve = 256;
    private const string LimitsFile = "/proc/self/limits";

    /// <summary>The total unless one is configured: what the process may open, less what it needs for everything else.</summary>
    public static int DefaultTotal() => Math.Max(Least, (int)Math.Min(Descriptors() - Reserve, Most));

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
                        : Most + Reserve;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or /proc is hidden: systems without it have limits in the thousands.
        }

        return Most + Reserve;
    }
}
