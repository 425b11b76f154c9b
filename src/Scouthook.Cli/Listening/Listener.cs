using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Spectre.Console;

namespace Scouthook.Cli.Listening;

/// <summary>Follows the stream of a gateway, and connects again from where it was whenever it is cut off.</summary>
/// <remarks>
/// A laptop that slept does not learn that its connection is dead. The gateway sends something every 15 seconds, so silence
/// for longer means that nobody is there any more.
/// </remarks>
internal sealed class Listener(ManagementClient client, Forwarder forwarder, TimeProvider timeProvider)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private long? _after;
    private bool _isConnected;

    public async Task RunAsync(long? after, CancellationToken cancellationToken)
    {
        _after = after;
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wasConnected = false;
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is ManagementException or IOException or HttpRequestException or OperationCanceledException)
            {
                wasConnected = _isConnected;
                Say($"[yellow]not connected[/]: {Markup.Escape(problem is ManagementException ? problem.Message : "the connection broke")}");
            }

            _isConnected = false;
            pause = wasConnected ? FirstPause : pause;
            try
            {
                await Task.Delay(pause, timeProvider, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            _after is { } place ? string.Create(CultureInfo.InvariantCulture, $"stream?after={place}") : "stream");
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(Silence);
        using var response = await client.OpenAsync(request, silence.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(silence.Token);
        _isConnected = true;
        Say($"[green]connected[/] to {Markup.Escape(client.Api.Authority)}");

        await foreach (var item in SseParser.Create(stream).EnumerateAsync(silence.Token))
        {
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
            if (item.EventType == "start" && _after is null)
            {
                // Where "now" is: cut off before the first event, it must not be another now.
                _after = long.Parse(item.EventId ?? item.Data, CultureInfo.InvariantCulture);
            }
            else if (item.EventType == "gap")
            {
                Say("[red]gap[/]: events in between are older than the gateway keeps them");
            }
            else if (item.EventType == "event")
            {
                await ForwardAsync(JsonNode.Parse(item.Data)!.AsObject(), cancellationToken);
            }

            if (item.EventId is { Length: > 0 } id)
            {
                _after = long.Parse(id, CultureInfo.InvariantCulture);
            }

            silence.CancelAfter(Silence);
        }
    }

    private async Task ForwardAsync(JsonObject stored, CancellationToken cancellationToken)
    {
        if (Listing.Text(stored["source"]) == "scouthook")
        {
            return;
        }

        var answer = await forwarder.ForwardAsync(stored, cancellationToken);
        Say($"{Markup.Escape(Listing.Text(stored["type"])),-34} {Listing.Text(stored["sequence"]),8}  {Markup.Escape(answer)}");
    }

    private void Say(string markup) => Screen.Out.MarkupLine(
        $"{timeProvider.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {markup}");
}
