using System.Globalization;

namespace Scouthook.Benchmarks.Measuring;

/// <summary>Reads the processor time of processes and threads from /proc.</summary>
internal static class ProcessorTime
{
    // USER_HZ, which Linux has at 100 on every platform that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Returns the seconds that all threads of a process have used, those that ended included.</summary>
    public static double Process(int process) => FromStat($"/proc/{process}/stat");

    /// <summary>Returns the seconds that the threads of a name have used.</summary>
    public static double Thread(int process, string name)
    {
        var sum = 0.0;
        var isFound = false;
        foreach (var task in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            if (NameOf(task) == name)
            {
                sum += Task(task);
                isFound = true;
            }
        }

        return isFound ? sum : throw new InvalidOperationException($"The process has no thread named {name}.");
    }

    /// <returns>The name of a thread; <see langword="null"/> if it has ended meanwhile, as threads of the pool do.</returns>
    private static string? NameOf(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/comm").TrimEnd('\n');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Returns the seconds that the calling thread has used.</summary>
    public static double ThisThread() => Task("/proc/thread-self");

    // schedstat counts nanoseconds; kernels built without it leave the ticks of stat.
    private static double Task(string folder) => File.Exists($"{folder}/schedstat")
        ? double.Parse(File.ReadAllText($"{folder}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9
        : FromStat($"{folder}/stat");

    private static double FromStat(string file)
    {
        // The name of the command is in parentheses and may contain spaces; utime and stime are fields 14 and 15.
        var text = File.ReadAllText(file);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture))
            / TicksPerSecond;
    }
}
