using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>A real <c>scouthook serve</c>.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string ReceivesAt = "receives at http";
    private const string ManagementAt = "management API at http";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The tool, for its other commands.</summary>
    public static readonly string Executable = typeof(GatewayProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == "Scouthook.Cli").Value!;

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(GatewaySetup setup)
    {
        Setup = setup;
        var command = setup.CommandLine(Executable).ToList();
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

    public GatewaySetup Setup { get; }

    public long StartedAt { get; }

    public TimeSpan StartTook { get; private set; }

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>The port that receives webhooks.</summary>
    public int Port { get; private set; }

    public int ManagementPort { get; private set; }

    /// <summary>Calls the management API with the configured key.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Everything printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts a gateway and waits for its startup banner.</summary>
    public static async Task<GatewayProcess> StartAsync(GatewaySetup setup)
    {
        var gateway = new GatewayProcess(setup);
        try
        {
            await gateway.LineAsync("Scouthook is ready.");
            gateway.StartTook = TimeProvider.System.GetElapsedTime(gateway.StartedAt);
            gateway.Port = PortOf(await gateway.LineAsync(ReceivesAt), ReceivesAt);
            gateway.ManagementPort = PortOf(await gateway.LineAsync(ManagementAt), ManagementAt);
            await gateway.LineAsync("store at ");
            gateway.Client.BaseAddress = new Uri($"http://127.0.0.1:{gateway.ManagementPort}");
            if (setup.AdminKey is { } key)
            {
                gateway.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }

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

    /// <summary>Returns the first line with some text, waiting for it if necessary.</summary>
    public async Task<string> LineAsync(string part)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(Patience);
        while (true)
        {
            Task more;
            bool ended;
            lock (_gate)
            {
                if (_lines.Find(line => line.Contains(part, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }

                more = _more.Task;
                ended = _reading?.IsCompleted ?? false;
            }

            try
            {
                await (ended ? Task.FromException(new OperationCanceledException()) : more.WaitAsync(patience.Token));
            }
            catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The gateway never printed \"{part}\", but:\n{Output}");
            }
        }
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

    public async Task<int> StopAsync()
    {
        await TerminateAsync();
        return await EndAsync();
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Port);

    /// <summary>One request on a connection of its own.</summary>
    public async Task<RawAnswer> SendAsync(RawRequest request)
    {
        using var client = await ConnectAsync();
        return await client.ExchangeAsync(request) ?? throw new InvalidOperationException($"No answer.\n{Output}");
    }

    public Task<RawAnswer> PostAsync(SentEvent sent) => SendAsync(sent.Request());

    public async ValueTask DisposeAsync()
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

    private static int PortOf(string line, string before)
    {
        var address = line[(line.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(", ")[0];
        return new Uri("http" + address).Port;
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
        lock (_gate)
        {
            _more.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
                _more.TrySetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
