using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;
using Scouthook.Testing;

[assembly: AssemblyFixture(typeof(Scouthook.Dashboard.Tests.Support.DashboardFixture))]

namespace Scouthook.Dashboard.Tests.Support;

/// <summary>One browser, and one gateway that a busy day of the local Help Scout has filled. All tests share them.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    public const string NoSuchPage = "events/no-such-page";

    private const int Steps = 60;
    private const int DeadLetters = 3;

    private readonly Folder _folder = new();
    private Chromium? _chromium;
    private GatewayProcess? _gateway;
    private Sink? _sink;
    private HelpScoutEmulator? _helpScout;

    /// <summary>A key that may see no body and change nothing.</summary>
    public string ViewerKey { get; private set; } = "";

    public string OperatorKey { get; private set; } = "";

    internal GatewayProcess Gateway => _gateway!;

    internal Sink Sink => _sink!;

    internal HelpScoutEmulator HelpScout => _helpScout!;

    /// <summary>The dashboard of the gateway.</summary>
    internal Uri Address => new($"http://127.0.0.1:{Gateway.ManagementPort}/");

    public async ValueTask InitializeAsync()
    {
        var browser = Chromium.StartAsync();
        _sink = await Sink.StartAsync();
        _sink["warehouse"].Answer = (_, _) => Task.FromResult(500);
        var setup = new GatewaySetup { Folder = _folder.Path };
        _gateway = await GatewayProcess.StartAsync(setup.Delivering(attempts: 2)
            .To("warehouse", _sink["warehouse"], ("Events", "conversations"), ("Ordering", "none")));
        await CreateEndpointAsync("crm", _sink["crm"], "*");
        ViewerKey = await CreateKeyAsync("Robin (support)", "viewer");
        OperatorKey = await CreateKeyAsync("Kim (on call)", "operator");
        await FillAsync();
        _chromium = await browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_helpScout is not null)
        {
            await _helpScout.DisposeAsync();
        }

        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Opens an empty page on the dashboard of the gateway, or on another one.</summary>
    internal Task<OpenPage> OpenAsync(
        ColorScheme scheme = ColorScheme.Light, int width = 1440, Uri? address = null, bool hasTouch = false) =>
        _chromium!.OpenAsync(address ?? Address, scheme, width, hasTouch);

    /// <summary>Opens a page that is signed in.</summary>
    internal async Task<OpenPage> SignInAsync(string key = GatewaySetup.Key, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var page = await OpenAsync(scheme, width);
        await page.SignInAsync(key);
        return page;
    }

    internal async Task<string> CreateKeyAsync(string name, string role) =>
        (string)(await Gateway.Client.PostJsonAsync("keys", new { name, role }, System.Net.HttpStatusCode.Created))["key"]!;

    internal Task<JsonNode> CreateEndpointAsync(string name, SinkPath path, params string[] events) => Gateway.Client.PostJsonAsync(
        "endpoints", new { name, url = path.Url, events, secret = path.Secret }, System.Net.HttpStatusCode.Created);

    /// <summary>Returns the id of the newest item of a list of the management API.</summary>
    internal async Task<string> NewestAsync(string list, string query = "") =>
        (string)(await Gateway.Client.JsonAsync($"/api/v1/{list}?limit=1&{query}"))["items"]![0]!["id"]!;

    /// <summary>Addresses of all pages, with data on each.</summary>
    internal async Task<IReadOnlyList<string>> PagesAsync()
    {
        var conversation = await NewestAsync("events", "type=convo.agent.reply.created");
        var replay = await NewestAsync("replays");
        var crm = (await Gateway.Client.EndpointAsync("crm"))["id"];
        var dead = await NewestAsync("deliveries", "state=deadLettered");
        return
        [
            "", "events", "events?type=convo.*&state=ok", $"events/{conversation}", "deliveries", $"deliveries/{dead}", "dead-letters",
            "endpoints", $"endpoints/{crm}", "endpoints/new", $"endpoints/{crm}/edit", "replays", $"replays/{replay}", "sources",
            "contract", "contract/convo.created", "keys", "audit", NoSuchPage,
        ];
    }

    private async Task FillAsync()
    {
        _helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _helpScout.AddWebhook($"http://127.0.0.1:{Gateway.Port}/webhook", GatewaySetup.Secret);
        var day = new BusyDay(_helpScout.Account);
        day.PlayOneOfEach();
        for (var step = 0; step < Steps; step++)
        {
            day.PlayNext();
        }

        await _helpScout.WaitUntilSentAsync(TestContext.Current.CancellationToken);
        await Eventually.AnswersTrueAsync(
            async () => (await Gateway.Client.DeliveriesAsync("state=deadLettered")).Count >= DeadLetters, "the warehouse was given up on");

        // While it is down, it would get one delivery at a time, up to half a minute apart.
        Sink["warehouse"].Answer = (_, _) => Task.FromResult(200);
        await Gateway.DrainAsync();
        Sink["warehouse"].Answer = (_, _) => Task.FromResult(500);
        await Gateway.Client.PostJsonAsync(
            $"events/{await NewestAsync("events")}/replay", expected: System.Net.HttpStatusCode.Accepted);
        await Gateway.DrainAsync();
    }
}
