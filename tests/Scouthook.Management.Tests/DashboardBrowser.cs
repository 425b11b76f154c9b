using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;

namespace Scouthook.Management.Tests;

/// <summary>Requests as a browser sends them: with cookies, and without following redirects.</summary>
internal sealed partial class DashboardBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    private readonly string _path;

    public DashboardBrowser(ManagedApp app, string path = "/scouthook")
    {
        _path = path;
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false })
        {
            BaseAddress = app.Client.BaseAddress,
        };
    }

    public string Origin => _client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>The cookies of the dashboard's path.</summary>
    public IEnumerable<Cookie> Cookies => _cookies.GetCookies(new Uri(_client.BaseAddress!, _path + "/"));

    public static async Task<DashboardBrowser> SignInAsync(ManagedApp app, string key = ManagedApp.AdminKey, string path = "/scouthook")
    {
        var browser = new DashboardBrowser(app, path);
        using var response = await browser.TryKeyAsync(key);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return browser;
    }

    /// <summary>Opens the sign-in page and submits its form.</summary>
    public async Task<HttpResponseMessage> TryKeyAsync(string key, string? returnUrl = null)
    {
        var page = await GetTextAsync(_path + "/sign-in");
        return await _client.PostAsync(
            _path + "/sign-in",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
                ["key"] = key,
                ["returnUrl"] = returnUrl ?? "/",
            }),
            TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<string> GetTextAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, path), (response.StatusCode, path));
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? origin = null, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Opens the WebSocket of a circuit.</summary>
    public async Task<HttpStatusCode> ConnectAsync(string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = _cookies;
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new Uri(new Uri(Origin.Replace("http", "ws", StringComparison.Ordinal)), _path + "/_blazor"), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
