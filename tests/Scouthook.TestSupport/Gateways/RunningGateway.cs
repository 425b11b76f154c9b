using System.Net.Http.Headers;

namespace Scouthook.TestSupport.Gateways;

/// <summary>A gateway as tests use it, whichever process it runs in.</summary>
internal abstract class RunningGateway : IAsyncDisposable
{
    private const string ReceivesAt = "receives at http";
    private const string ManagementAt = "management API at http";

    protected RunningGateway(GatewaySetup setup) => Setup = setup;

    public GatewaySetup Setup { get; }

    /// <summary>The port that receives webhooks.</summary>
    public int Port { get; private set; }

    public int ManagementPort { get; private set; }

    /// <summary>Calls the management API with the configured key.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Everything printed so far.</summary>
    public string Output => Lines.ToString();

    protected PrintedLines Lines { get; } = new();

    /// <summary>Returns the first line with some text, waiting for it if necessary.</summary>
    public Task<string> LineAsync(string part) => Lines.FindAsync(part);

    public abstract bool IsRunning { get; }

    /// <summary>Stops it in order.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> StopAsync();

    public abstract ValueTask DisposeAsync();

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Port);

    /// <summary>One request on a connection of its own.</summary>
    public async Task<RawAnswer> SendAsync(RawRequest request)
    {
        using var client = await ConnectAsync();
        return await client.ExchangeAsync(request) ?? throw new InvalidOperationException($"No answer.\n{Output}");
    }

    public Task<RawAnswer> PostAsync(SentEvent sent) => SendAsync(sent.Request());

    /// <summary>Reads the addresses from the startup banner.</summary>
    protected async Task ReadBannerAsync()
    {
        Port = PortOf(await LineAsync(ReceivesAt), ReceivesAt);
        ManagementPort = PortOf(await LineAsync(ManagementAt), ManagementAt);
        await LineAsync("store at ");
        Client.BaseAddress = new Uri($"http://127.0.0.1:{ManagementPort}");
        if (Setup.AdminKey is { } key)
        {
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    private static int PortOf(string line, string before)
    {
        var address = line[(line.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(", ")[0];
        return new Uri("http" + address).Port;
    }
}
