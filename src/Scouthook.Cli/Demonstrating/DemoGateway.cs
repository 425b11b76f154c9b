using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Scouthook.Gateway.Hosting;
using Scouthook.Parsing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>A gateway with a store in a temporary directory, which is read through the management API.</summary>
/// <remarks>It reads no configuration file and no environment, so a demo is the same on every machine.</remarks>
internal sealed class DemoGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;
    private readonly HttpClient _api;

    private DemoGateway(WebApplication app, DirectoryInfo data, string adminKey)
    {
        _app = app;
        _data = data;
        var root = app.Urls.Single();
        Address = new Uri($"{root}/webhook");
        Api = new Uri($"{root}/api/v1/");
        _api = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Api };
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
        AdminKey = adminKey;
    }

    /// <summary>Where it receives.</summary>
    public Uri Address { get; }

    /// <summary>Where its management API is.</summary>
    public Uri Api { get; }

    /// <summary>The key to it, made for this run.</summary>
    public string AdminKey { get; }

    /// <summary>Called after each answer at the receiving path: the event name as sent, the size, the status.</summary>
    public Action<string, long?, int>? Answered { get; set; }

    public static async Task<DemoGateway> StartAsync(
        string secret, DemoReceiver receiver, DemoFault fault, CancellationToken cancellationToken)
    {
        var adminKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var data = Directory.CreateTempSubdirectory("scouthook-demo-");
        DemoGateway? gateway = null;
        var app = GatewayHost.Build(
            builder =>
            {
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection(
                [
                    new("Scouthook:Sources:default:Secrets:0", secret),
                    new("Scouthook:Gateway:AdminKey", adminKey),
                    new("Scouthook:Inbox:DataDirectory", data.FullName),
                    new("Scouthook:Endpoints:receiver:Url", receiver.Address.AbsoluteUri),
                    new("Scouthook:Endpoints:receiver:Secret", receiver.Secret),
                    new("Scouthook:Delivery:AllowedNetworks", "127.0.0.1"),
                ]);
                builder.Logging.ClearProviders();
                builder.WebHost.UseUrls("http://127.0.0.1:0");
            },
            app => app.Use(async (context, next) =>
            {
                if (fault is DemoFault.SwapType && context.Request.Headers[HelpScoutHeaders.Event] == DemoFaults.Victim)
                {
                    context.Request.Headers[HelpScoutHeaders.Event] = DemoFaults.Impostor;
                }

                await next(context);
                if (context.Request.Path == "/webhook")
                {
                    gateway?.Answered?.Invoke(
                        context.Request.Headers[HelpScoutHeaders.Event].ToString(),
                        context.Request.ContentLength,
                        context.Response.StatusCode);
                }
            }));
        await app.StartAsync(cancellationToken);
        return gateway = new DemoGateway(app, data, adminKey);
    }

    /// <summary>Reads back everything that is stored: names from the list, bytes one by one.</summary>
    public async Task<IReadOnlyList<DemoStoredEvent>> ReadStoredAsync(CancellationToken cancellationToken)
    {
        var stored = new List<DemoStoredEvent>();
        await using var stream = await _api.GetStreamAsync("events?limit=500", cancellationToken);
        using var page = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
        {
            var body = await _api.GetByteArrayAsync(
                $"events/{item.GetProperty("id").GetString()}/body", cancellationToken);
            stored.Add(new DemoStoredEvent(
                item.GetProperty("type").GetString()!, item.GetProperty("state").GetString()!, body));
        }

        return stored;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
