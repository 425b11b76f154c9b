using System.Globalization;

namespace Scouthook.Cli.Tests.Support;

/// <summary>A <c>scouthook listen</c> between a gateway and a local URL, with a network that can fail on either side.</summary>
internal sealed class ListeningTool : IAsyncDisposable
{
    /// <summary>The shortest value the tool accepts.</summary>
    public const string Silence = "3s";

    private readonly Folder _folder = new();
    private readonly List<SentEvent> _sent = [];
    private Sink _sink = null!;
    private ScouthookProcess? _tool;

    private ListeningTool()
    {
        ToGateway = new TcpRelay(() => Proxy?.Port ?? Gateway.Port);
        ToLocal = new TcpRelay(() => new Uri(Local.Url).Port);
    }

    public RunningGateway Gateway { get; private set; } = null!;

    /// <summary>The proxy between that network and the gateway, if any.</summary>
    public Nginx? Proxy { get; private set; }

    /// <summary>The network between the tool and the gateway.</summary>
    public TcpRelay ToGateway { get; }

    /// <summary>The network between the tool and the local URL.</summary>
    public TcpRelay ToLocal { get; }

    /// <summary>The local URL and the requests it received.</summary>
    public SinkPath Local => _sink["local"];

    public ScouthookProcess Tool => _tool!;

    public static async Task<ListeningTool> StartAsync()
    {
        var listening = new ListeningTool { _sink = await Sink.StartAsync() };
        listening.Gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = listening._folder.Path });
        return listening;
    }

    /// <summary>Puts a proxy in front of the gateway.</summary>
    public async Task AddProxyAsync(string directives) => Proxy = await Nginx.StartAsync(Gateway.Port, directives);

    /// <summary>Starts the tool.</summary>
    public void Start(params string[] arguments) => _tool = StartWith(GatewaySetup.Key, arguments);

    /// <summary>Starts the tool and waits until it is connected.</summary>
    public async Task ListenAsync(params string[] arguments)
    {
        Start(arguments);
        await ReadUntilAsync("Connected to ");
    }

    public ScouthookProcess StartWith(string key, params string[] arguments) => ScouthookProcess.Start(
        [
            "listen", "--forward-to", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ToLocal.Port}/local"),
            .. arguments.Contains("--silence") ? [] : new[] { "--silence", Silence }, .. arguments,
        ],
        ("SCOUTHOOK_API", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ToGateway.Port}")),
        ("SCOUTHOOK_KEY", key));

    /// <summary>Posts events to the gateway directly, not through the failing network.</summary>
    public async Task PostAsync(int count)
    {
        foreach (var sent in Some.Events(count, from: _sent.Count))
        {
            Assert.Equal(200, (await Gateway.PostAsync(sent)).Status);
            _sent.Add(sent);
        }
    }

    /// <summary>Runs the gateway in a process of its own at the same address, so that it can be killed.</summary>
    public async Task SeparateGatewayAsync()
    {
        var setup = AtItsAddress();
        await Gateway.StopAsync();
        Gateway = await GatewayProcess.StartAsync(setup);
    }

    /// <summary>Kills the gateway.</summary>
    /// <returns>Starts it again at the same address.</returns>
    public async Task<Func<Task>> KillGatewayAsync()
    {
        var setup = AtItsAddress();
        await ((GatewayProcess)Gateway).KillAsync();
        return async () =>
        {
            await Gateway.DisposeAsync();
            Gateway = await GatewayProcess.StartAsync(setup);
        };
    }

    private GatewaySetup AtItsAddress() => Gateway.Setup with { Urls = [$"http://127.0.0.1:{Gateway.Port}"] };

    /// <summary>Interrupts the tool, which must exit with 0.</summary>
    /// <returns>The output since the last read.</returns>
    public async Task<string> StopAsync()
    {
        await Tool.InterruptAsync();
        var run = await Tool.EndAsync();
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output;
    }

    /// <summary>Reads the output of the tool until a line contains the text.</summary>
    /// <returns>The output read.</returns>
    public Task<string> ReadUntilAsync(string text) => Tool.ReadUntilAsync(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until every event has arrived, and checks that each arrived once, in order and unchanged.</summary>
    public async Task AssertAllForwardedAsync()
    {
        await Eventually.TrueAsync(
            () => Local.TakenCount >= _sent.Count || !Tool.IsRunning, $"all {_sent.Count} events arrive");
        if (!Tool.IsRunning)
        {
            var run = await Tool.EndAsync();
            Assert.Fail($"The tool ended with {run.ExitCode}: {run.Error}{run.Output}");
        }

        Assert.Equal(_sent.Select(sent => sent.Hash), Local.Taken.Select(arrival => arrival.Hash));
    }

    public async ValueTask DisposeAsync()
    {
        if (_tool is not null)
        {
            await _tool.DisposeAsync();
        }

        await ToGateway.DisposeAsync();
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await ToLocal.DisposeAsync();
        await Gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }
}
