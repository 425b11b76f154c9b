using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>A real gateway process on a free port, with its data below a given directory.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private static readonly string Executable = typeof(Gateway).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Scouthook.Cli").Value!;

    private readonly Process _process;

    private Gateway(Process process, IPEndPoint address, TimeSpan startTime)
    {
        _process = process;
        Address = address;
        StartTime = startTime;
    }

    public IPEndPoint Address { get; }

    /// <summary>The time from the start of the process to its startup banner.</summary>
    public TimeSpan StartTime { get; }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="data">The data directory.</param>
    /// <param name="settings">Settings by their keys.</param>
    public static async Task<Gateway> StartAsync(string data, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo(
            Executable, ["serve", "--urls", "http://127.0.0.1:0", "--secret", SignedEvents.Secret, "--data", data])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("receives at ", StringComparison.Ordinal) && line.StartsWith("  ", StringComparison.Ordinal))
            {
                var uri = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
                _ = process.StandardOutput.ReadToEndAsync();
                return new Gateway(process, new IPEndPoint(IPAddress.Loopback, uri.Port), watch.Elapsed);
            }
        }

        throw new InvalidOperationException("The gateway did not start.");
    }

    /// <summary>Suspends the process, so that another is measured alone.</summary>
    public void Stop() => Signal("-STOP");

    public void Continue() => Signal("-CONT");

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"kill {signal} failed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
