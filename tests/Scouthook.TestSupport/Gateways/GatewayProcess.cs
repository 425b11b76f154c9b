using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Scouthook.TestSupport.Gateways;

/// <summary>A real <c>scouthook serve</c> in a process of its own, for tests that kill, signal, measure or confine it.</summary>
internal sealed class GatewayProcess : RunningGateway
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The tool, for its other commands: the one named by <c>SCOUTHOOK_TOOL</c>, or else the one the build has left.</summary>
    public static readonly string Executable = Environment.GetEnvironmentVariable("SCOUTHOOK_TOOL")
        ?? typeof(GatewayProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == "Scouthook.Cli").Value!;

    private readonly Process _process;
    private readonly Task _reading;

    private GatewayProcess(GatewaySetup setup)
        : base(setup)
    {
        var command = setup.CommandLine(setup.Program ?? Executable).ToList();
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = setup.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestRun).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in setup.Variables())
        {
            start.Environment[name] = value;
        }

        StartedAt = TimeProvider.System.GetTimestamp();
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _reading = ReadAsync();
    }

    public long StartedAt { get; }

    public TimeSpan StartTook { get; private set; }

    public int Id => _process.Id;

    public override bool IsRunning => !_process.HasExited;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts a gateway and waits for its startup banner.</summary>
    public static async Task<GatewayProcess> StartAsync(GatewaySetup setup)
    {
        var gateway = new GatewayProcess(setup);
        try
        {
            await gateway.LineAsync("Scouthook is ready.");
            gateway.StartTook = TimeProvider.System.GetElapsedTime(gateway.StartedAt);
            await gateway.ReadBannerAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a gateway whose standard output goes elsewhere, and waits for a line of its standard error.</summary>
    public static async Task<GatewayProcess> StartUnseenAsync(GatewaySetup setup, string line)
    {
        var gateway = new GatewayProcess(setup);
        try
        {
            await gateway.LineAsync(line);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a gateway that is expected to exit by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(GatewaySetup setup)
    {
        await using var gateway = new GatewayProcess(setup);
        return (await gateway.EndAsync(), gateway.Output);
    }

    /// <summary>Kills it at once, as with a lost machine, except for data held by the kernel.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Sends the signal of a service manager.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends a signal, by its name without SIG.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancelled);
    }

    /// <summary>Returns its peak memory, in megabytes.</summary>
    public async Task<long> PeakMegabytesAsync()
    {
        const string name = "VmHWM:";
        var lines = await File.ReadAllLinesAsync($"/proc/{Id}/status", Cancelled);
        var line = lines.Single(it => it.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Waits until it is idle: its processor time hardly grows any more.</summary>
    public async Task RestAsync()
    {
        const int looks = 10, little = 2;
        var used = new List<long>();
        await Eventually.AnswersTrueAsync(
            async () =>
            {
                // After the name, which may contain blanks, the 12th and 13th are the ticks used.
                var stat = await File.ReadAllTextAsync($"/proc/{Id}/stat", Cancelled);
                var values = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                used.Add(long.Parse(values[11], CultureInfo.InvariantCulture) + long.Parse(values[12], CultureInfo.InvariantCulture));
                return used.Count > looks && used[^1] - used[^(looks + 1)] <= little;
            },
            "the gateway is at rest");
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(Cancelled).WaitAsync(Patience, Cancelled);
        await _reading.WaitAsync(Patience, Cancelled);
        return _process.ExitCode;
    }

    public override async Task<int> StopAsync()
    {
        await TerminateAsync();
        return await EndAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
    }

    // The test runner's own settings, and others that would affect the gateway.
    private static bool IsOfTheTestRun(string variable) =>
        variable.StartsWith("SCOUTHOOK", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("TESTINGPLATFORM_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    private async Task ReadAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        Lines.End();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            Lines.Add(line);
        }
    }
}
