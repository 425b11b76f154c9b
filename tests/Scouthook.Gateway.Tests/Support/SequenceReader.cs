using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>
/// Follows <c>sequence</c> as a program would that remembers only the highest one it has seen: it lists the events above
/// that, each page on any node. An event that becomes visible after a higher one is missed.
/// </summary>
/// <param name="port">Chooses the node of each page.</param>
internal sealed class SequenceReader(Func<int> port) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly HttpClient _client = new()
    {
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", GatewaySetup.Key) },
    };

    private long _last;

    /// <summary>The sequences, in the order in which they were read.</summary>
    public List<long> Seen { get; } = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
            {
                // The node or its database is away, or the node was killed while it responded; nothing of this round counts.
            }

            await Task.Delay(Pause, TimeProvider.System, Cancelled);
        }
    }

    /// <summary>Reads all that is new.</summary>
    public async Task ReadAsync()
    {
        var found = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await _client.GetFromJsonAsync<JsonNode>(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"http://127.0.0.1:{port()}/api/v1/events?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"),
                Cancelled))!;
            found.AddRange(page["items"]!.AsArray().Select(item => (long)item!["sequence"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null && (found.Count == 0 || found[^1] > _last));

        found.RemoveAll(sequence => sequence <= _last);
        found.Reverse();
        Seen.AddRange(found);
        _last = found.Count > 0 ? found[^1] : _last;
    }
}
