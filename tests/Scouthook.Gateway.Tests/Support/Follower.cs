using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>Follows the stream of a gateway, records its messages, and resumes after a disconnect.</summary>
internal sealed class Follower : IDisposable
{
    private readonly HttpClient _client;
    private readonly Func<int> _port;
    private readonly bool _mayBreak;
    private long _after;

    public Follower(RunningGateway gateway, long after = 0)
        : this(() => gateway.ManagementPort, mayBreak: false) => _after = after;

    /// <param name="port">Chooses the node of each connection.</param>
    /// <param name="mayBreak">True if nodes come and go: it then connects again.</param>
    public Follower(Func<int> port, bool mayBreak)
    {
        (_port, _mayBreak) = (port, mayBreak);
        _client = new HttpClient(new SocketsHttpHandler
        {
            // The rest is left unread, and the server sees a reset.
            MaxResponseDrainSize = 0,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewaySetup.Key);
    }

    /// <summary>The messages with an id, in order of arrival: the sequence of an event, the delivery and number of an attempt.</summary>
    public List<(long Id, string What)> Seen { get; } = [];

    public int Connections { get; private set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Follows until an event of a type has arrived.</summary>
    /// <param name="last">The type.</param>
    /// <param name="patience">The number of bytes after which it disconnects.</param>
    public async Task FollowAsync(string last, Func<int>? patience = null)
    {
        while (await TryConnectAsync(last, patience?.Invoke() ?? int.MaxValue))
        {
        }
    }

    /// <summary>Follows until the gateway is gone.</summary>
    public async Task FollowWhileItRunsAsync()
    {
        try
        {
            while (await ConnectAsync("", int.MaxValue))
            {
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
        }
    }

    public void Dispose() => _client.Dispose();

    /// <returns>Whether there is more to come.</returns>
    private async Task<bool> TryConnectAsync(string last, int bytes)
    {
        try
        {
            return await ConnectAsync(last, bytes);
        }
        catch (Exception exception) when (_mayBreak && exception is HttpRequestException or IOException)
        {
            await Eventually.PauseAsync();
            return true;
        }
    }

    /// <returns>Whether there is more to come.</returns>
    private async Task<bool> ConnectAsync(string last, int bytes)
    {
        Connections++;
        using var request = new HttpRequestMessage(
            HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port()}/api/v1/stream"));
        request.Headers.Add("Last-Event-ID", _after.ToString(CultureInfo.InvariantCulture));
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal("text/event-stream", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        await foreach (var item in SseParser.Create(new CutStream(stream, bytes)).EnumerateAsync(Cancelled))
        {
            Assert.NotEqual("gap", item.EventType);
            if (item.EventType is "event" or "attempt")
            {
                _after = long.Parse(item.EventId!, CultureInfo.InvariantCulture);
                var json = JsonNode.Parse(item.Data)!;
                Seen.Add((_after, What(item.EventType, json)));
                if ((string?)json["type"] == last)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static string What(string type, JsonNode json) => type == "event"
        ? $"event {json["sequence"]}"
        : $"attempt {json["attempt"]!["number"]} of {json["deliveryId"]}";
}
