using System.Net;
using System.Reflection;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>A real gateway process on a free port, with its data in a given directory.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    /// <summary>The name of the thread that writes to the store, as the system shows it.</summary>
    private const string StoreThread = "Scouthook store";

    private readonly ChildProcess _process;

    private Gateway(ChildProcess process) => _process = process;

    /// <summary>The program to measure: by default, the one that was built with the benchmarks.</summary>
    public static string Executable { get; set; } = typeof(Gateway).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Scouthook.Cli").Value!;

    public IPEndPoint Address => _process.Address;

    /// <summary>The time from the start of the process to its startup banner.</summary>
    public TimeSpan StartTime => _process.StartTime;

    public long WorkingSet => _process.WorkingSet;

    /// <summary>The processor time of the whole process, in seconds.</summary>
    public double ProcessorSeconds => _process.ProcessorSeconds;

    /// <summary>The processor time of the thread that writes to the store, in seconds.</summary>
    public double StoreThreadSeconds => _process.ThreadSeconds(StoreThread);

    /// <param name="data">The data directory.</param>
    /// <param name="settings">Settings by their keys.</param>
    public static async Task<Gateway> StartAsync(string data, params (string Key, string Value)[] settings)
    {
        var process = await ChildProcess.StartAsync(
            Executable,
            ["serve", "--urls", "http://127.0.0.1:0", "--secret", SignedEvents.Secret, "--data", data],
            "receives at ",
            [.. settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))]);
        // The rest of the banner.
        _ = process.Output.ReadToEndAsync();
        return new Gateway(process);
    }

    /// <summary>Suspends the process, so that another is measured alone.</summary>
    public void Stop() => _process.Stop();

    public void Continue() => _process.Continue();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
