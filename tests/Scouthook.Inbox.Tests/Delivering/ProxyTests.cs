using System.Net;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>Changes process-wide settings, so nothing may run in parallel.</summary>
[Collection(AloneCollection.Name)]
public sealed class ProxyTests : IDisposable
{
    private readonly IWebProxy _before = HttpClient.DefaultProxy;
    private readonly string? _variable = Environment.GetEnvironmentVariable("http_proxy");

    public void Dispose()
    {
        HttpClient.DefaultProxy = _before;
        Environment.SetEnvironmentVariable("http_proxy", _variable);
    }

    [Fact]
    public async Task Proxy_of_the_environment_is_not_used()
    {
        await using var proxy = RawEndpoint.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var endpoint = await RecordingEndpoint.StartAsync();
        Environment.SetEnvironmentVariable("http_proxy", $"http://127.0.0.1:{proxy.Port}");

        // The framework reads the variable once per process, possibly for an earlier test.
        HttpClient.DefaultProxy = new WebProxy($"http://127.0.0.1:{proxy.Port}");
        using var setup = new SenderSetup();

        var result = await setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.Delivered, result.Outcome);
        Assert.Single(endpoint.Requests);
        Assert.Equal(0, proxy.Connections);
    }
}
