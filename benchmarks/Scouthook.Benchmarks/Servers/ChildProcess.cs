using System.Diagnostics;
using System.Globalization;
using System.Net;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Servers;

/// <summary>A server in a process and an empty working directory of its own.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _workingDirectory;

    private ChildProcess(Process process, DirectoryInfo workingDirectory)
    {
        _process = process;
        _workingDirectory = workingDirectory;
    }

    /// <summary>The address in the line that was waited for.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>The time from the start of the process to that line.</summary>
    public TimeSpan StartTime { get; private set; }

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>The processor time that the process has used, in seconds.</summary>
    public double ProcessorSeconds => ProcessorTime.Process(_process.Id);

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program and waits for the line that ends with a text, or with a text and an address.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="announcement">The text.</param>
    /// <param name="settings">Environment variables.</param>
    public static async Task<ChildProcess> StartAsync(
        string program, IEnumerable<string> arguments, string announcement, params (string Key, string Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = directory.FullName,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var watch = Stopwatch.StartNew();
        ChildProcess child;
        try
        {
            child = new ChildProcess(Process.Start(start)!, directory);
        }
        catch
        {
            directory.Delete();
            throw;
        }

        try
        {
            while (await child.Output.ReadLineAsync() is { } line)
            {
                // Log lines may have the same words, without an address.
                if (line.IndexOf(announcement, StringComparison.Ordinal) is >= 0 and var at
                    && line[(at + announcement.Length)..].Trim() is var address
                    && (address is "" || address.StartsWith("http", StringComparison.Ordinal)))
                {
                    child.StartTime = watch.Elapsed;
                    child.Address = new IPEndPoint(IPAddress.Loopback, address is "" ? 0 : new Uri(address).Port);
                    return child;
                }
            }

            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} did not start.");
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public double ThreadSeconds(string name) => ProcessorTime.Thread(_process.Id, name);

    /// <summary>Suspends the process, so that another is measured alone.</summary>
    public void Stop() => Signal("-STOP");

    public void Continue() => Signal("-CONT");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _workingDirectory.Delete(recursive: true);
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"kill {signal} failed.");
        }
    }
}
