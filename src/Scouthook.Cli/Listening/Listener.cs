using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.Emitting;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Listening;

/// <summary>Follows the stream of a gateway, and connects again from where it was whenever it is cut off.</summary>
/// <remarks>
/// A laptop that slept does not learn that its connection is dead. So the gateway is asked to say something three times within
/// the longest silence, and silence for longer means that nobody is there any more.
/// </remarks>
internal sealed class Listener(
    ManagementClient client, Forwarder forwarder, TimeSpan silence, TimeProvider timeProvider, Action<string> say)
{
    private const int PingsWithinSilence = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private bool _isConnected;
    private string? _told;

    /// <summary>The last message of the stream that is done with; <see langword="null"/>: it has not begun.</summary>
    public long? Place { get; private set; }

    /// <summary>Follows until the token is set.</summary>
    /// <exception cref="ManagementException">The key is not, or no longer, good for it.</exception>
    public async Task RunAsync(long? after, CancellationToken cancellationToken)
    {
        Place = after;
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var reason = await FollowAsync(cancellationToken);
                pause = _isConnected ? FirstPause : pause;
                _isConnected = false;
                client.Renew();
                if (reason != _told)
                {
                    say($"not connected: {reason}");
                    _told = reason;
                }

                await Task.Delay(pause, timeProvider, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <returns>Why it is not connected any more.</returns>
    private async Task<string> FollowAsync(CancellationToken cancellationToken)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            quiet.CancelAfter(silence);
            using var request = new HttpRequestMessage(HttpMethod.Get, Address());
            using var response = await client.OpenAsync(request, quiet.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(quiet.Token);
            _isConnected = true;
            _told = null;
            say($"connected to {client.Api.Authority}");
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(quiet.Token))
            {
                // While an event is being forwarded nobody reads, so nobody can say that there was silence.
                quiet.CancelAfter(Timeout.InfiniteTimeSpan);
                await TakeAsync(item, cancellationToken);
                quiet.CancelAfter(silence);
            }

            return "the gateway ended the connection";
        }
        catch (ManagementException problem) when (problem.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return problem.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"nothing came for {silence.TotalSeconds} seconds");
        }
        catch (Exception problem) when (SendFailure.IsOne(problem) || problem is JsonException)
        {
            return "the connection broke";
        }
    }

    private string Address()
    {
        var ping = Math.Clamp(Math.Floor(silence.TotalSeconds / PingsWithinSilence), 1, 15);
        return string.Create(CultureInfo.InvariantCulture, $"stream?ping={ping}")
            + (Place is { } place ? string.Create(CultureInfo.InvariantCulture, $"&after={place}") : "");
    }

    private async Task TakeAsync(SseItem<string> item, CancellationToken cancellationToken)
    {
        if (item.EventType == "gap")
        {
            say("gap: the gateway does not have, or no longer has, what came in between");
        }
        else if (item.EventType == "event")
        {
            var stored = JsonNode.Parse(item.Data)!.AsObject();

            // What Scouthook tells of itself did not come from Help Scout.
            if (Listing.Text(stored["source"]) != "scouthook")
            {
                var answer = await forwarder.ForwardAsync(stored, cancellationToken);
                say($"{Listing.Text(stored["type"]),-34} {Listing.Text(stored["sequence"]),8}  {answer}");
            }
        }

        // Also of the start: where "now" is, so that being cut off before the first event does not make it another now.
        if (long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            Place = place;
        }
    }
}
