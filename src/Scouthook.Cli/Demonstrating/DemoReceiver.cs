using System.Collections.Concurrent;
using System.Security.Cryptography;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>A small HTTP server that gets what the gateway delivers, and checks the signatures.</summary>
internal sealed class DemoReceiver : IAsyncDisposable
{
    private const int SecretBytes = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<DemoDelivery> _received = new();
    private readonly SemaphoreSlim _arrivals = new(0);

    private DemoReceiver(WebApplication app) => _app = app;

    /// <summary>Where it receives.</summary>
    public Uri Address => new($"{_app.Urls.Single()}/helpscout");

    /// <summary>The secret it shares with the gateway, made for this run.</summary>
    public string Secret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    public IReadOnlyCollection<DemoDelivery> Received => _received;

    /// <summary>Called for each delivery: the event name and the size.</summary>
    public Action<string, int>? Arrived { get; set; }

    public static async Task<DemoReceiver> StartAsync(CancellationToken cancellationToken)
    {
        // Else the framework watches the working directory, and cannot start where no file watcher is left.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new DemoReceiver(app);
        app.MapPost("/helpscout", new RequestDelegate(receiver.ReceiveAsync));
        await app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Waits until this many have arrived, or until a timeout, after which the rest count as missing.</summary>
    public async Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        for (var arrived = 0; arrived < count; arrived++)
        {
            if (!await _arrivals.WaitAsync(Patience, cancellationToken))
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrivals.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        var name = context.Request.Headers[HelpScoutHeaders.Event].ToString();
        var signature = context.Request.Headers[HelpScoutHeaders.Signature].ToString();
        if (HelpScoutSignature.Verify(signature, bytes, Secret) is not SignatureVerification.Valid)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        _received.Enqueue(new DemoDelivery(name, DemoStoredEvent.DigestOf(bytes)));
        Arrived?.Invoke(name, bytes.Length);
        _arrivals.Release();
    }
}
