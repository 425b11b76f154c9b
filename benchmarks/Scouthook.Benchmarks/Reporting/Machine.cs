using System.Globalization;
using System.Runtime.InteropServices;

namespace Scouthook.Benchmarks.Reporting;

/// <summary>Describes the machine that a run measured on.</summary>
internal static class Machine
{
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>Returns the lines at the head of the results.</summary>
    /// <param name="load">The load before the run.</param>
    public static IReadOnlyList<string> Describe(string load) =>
    [
        $"- {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        string.Create(CultureInfo.InvariantCulture, $"- {Environment.ProcessorCount} × {Processor() ?? "unknown processor"}, {Memory()}"),
        $"- {RuntimeInformation.FrameworkDescription}",
        $"- load of the machine at the start: {load}, at the end: {Load()} (the run itself is part of that)",
    ];

    private static string? Processor() => Find("/proc/cpuinfo", "model name");

    private static string Memory() => Find("/proc/meminfo", "MemTotal") is { } total
        ? string.Create(
            CultureInfo.InvariantCulture, $"{double.Parse(total.Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024:0.#} GB of memory")
        : "unknown memory";

    private static string? Find(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
