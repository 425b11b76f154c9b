using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Databases;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>The dashboard of two nodes behind a proxy that sends each request to the next one.</summary>
public sealed class NodesTests(DashboardFixture dashboard) : IAsyncLifetime
{
    /// <summary>As documented for operators; the last one shows where a page is connected to.</summary>
    private const string Directives = """
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_set_header Host $http_host;
        proxy_read_timeout 1h;
        add_header X-Node $upstream_addr always;
        """;

    private readonly Folder _folder = new();
    private readonly ConcurrentQueue<int> _connected = new();
    private PostgreSqlServer _server = null!;
    private GatewayProcess[] _nodes = [];
    private Nginx _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync();
        var setup = new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Inbox:Store", "PostgreSql")
            .With("Scouthook:Inbox:PostgreSql:ConnectionString", await _server.CreateDatabaseAsync());
        _nodes = await Task.WhenAll(
            new[] { "first", "second" }.Select(name => GatewayProcess.StartAsync(setup with { Data = name })));
        _proxy = await Nginx.StartAsync([.. _nodes.Select(node => node.Port)], Directives);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Page_works_without_affinity_and_moves_to_the_other_node_when_its_own_is_lost()
    {
        await using var page = await SignInAsync();
        foreach (var path in new[] { "endpoints", "keys", "sources", "events?type=convo.status" })
        {
            await page.GoAsync(path);
        }

        var (own, other) = Holder();
        await other.PostAsync(Some.Step(860_001, 1));
        await OpenPage.SeesAsync(Rows(page));
        await page.Page.Keyboard.PressAsync("/");
        var pages = _connected.Count;
        await own.KillAsync();
        await Eventually.TrueAsync(
            () => _connected.Count > pages && _connected.Last() == other.Port, "the page is connected to the other node");
        await page.SeesHeadingAsync("Events");
        await other.PostAsync(Some.Step(860_001, 2));
        await OpenPage.SeesAsync(Rows(page).Nth(1));

        Assert.EndsWith("/events?type=convo.status", page.Page.Url, StringComparison.Ordinal);
        Assert.Equal(2, await Rows(page).CountAsync());
    }

    [Fact]
    public async Task Secret_that_is_added_and_ended_on_one_node_counts_on_both()
    {
        await using var page = await SignInAsync();
        await page.GoAsync("sources");
        var old = await page.Content.Locator("ul.secrets li code").First.InnerTextAsync();

        await page.ClickAsync("Add a secret to default");
        var secret = await page.Content.Locator(".panel.secret code").InnerTextAsync();
        foreach (var node in _nodes)
        {
            await AnswersAsync(node, secret, 200);
            await AnswersAsync(node, GatewaySetup.Secret, 200);
        }

        await page.ClickAsync($"End secret {old}");
        await page.ConfirmAsync("End");
        await OpenPage.SeesAsync(page.Content.GetByText("ended", new() { Exact = true }));
        foreach (var node in _nodes)
        {
            await AnswersAsync(node, GatewaySetup.Secret, 401);
            await AnswersAsync(node, secret, 200);
        }

        Assert.Empty(page.Complaints);
    }

    private static ILocator Rows(OpenPage page) => page.Content.Locator("tr[data-row]");

    /// <summary>Waits until a node answers so: it hears of secrets after they are stored.</summary>
    private static Task AnswersAsync(GatewayProcess node, string secret, int status)
    {
        var number = 0;
        return Eventually.AnswersTrueAsync(
            async () => (await node.SendAsync(Some.Step(860_002, ++number).Request(secret))).Status == status,
            $"a node answers {status.ToString(CultureInfo.InvariantCulture)}");
    }

    private async Task<OpenPage> SignInAsync()
    {
        var page = await dashboard.OpenAsync(address: new Uri($"http://127.0.0.1:{_proxy.Port}/"));
        var browser = await page.Page.Context.NewCDPSessionAsync(page.Page);
        browser.Event("Network.webSocketHandshakeResponseReceived").OnEvent += (_, message) =>
        {
            var node = message!.Value.GetProperty("response").GetProperty("headers").GetProperty("X-Node").GetString()!;
            _connected.Enqueue(int.Parse(node.Split(':')[1], CultureInfo.InvariantCulture));
        };
        await browser.SendAsync("Network.enable");
        await page.SignInAsync(GatewaySetup.Key);
        return page;
    }

    /// <summary>Returns the node that the page is connected to, and the other one.</summary>
    private (GatewayProcess Own, GatewayProcess Other) Holder()
    {
        var port = _connected.Last();
        return _nodes[0].Port == port ? (_nodes[0], _nodes[1]) : (_nodes[1], _nodes[0]);
    }
}
