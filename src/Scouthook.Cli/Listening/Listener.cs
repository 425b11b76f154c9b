using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Listening;

/// <summary>Follows the stream of a gateway, and resumes after every disconnection.</summary>
/// <remarks>
/// A laptop that slept does not notice that its connection is dead. So the gateway is asked for a ping three times within
/// the longest silence, and silence for longer means that the connection is lost. A proxy may also hold the stream back, so
/// the place to continue from is known before the stream is opened, and where no stream gets through, responses that end do.
/// </remarks>
internal sealed class Listener(
    ManagementClient client, IStreamFollower follower, TimeSpan silence, TimeProvider timeProvider, Action<string> say)
{
    private const int PingsWithinSilence = 3;

    /// <summary>After this many streams in a row that start and then fall silent without a ping, assume a buffering proxy.</summary>
    private const int MostStreamsWithoutPing = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeastStart = TimeSpan.FromSeconds(3);

    private bool _isConnected;
    private bool _isPolling;
    private bool _hasBegun;
    private bool _hasPing;
    private int _streamsWithoutPing;
    private string? _reported;

    /// <summary>The last processed message of the stream; <see langword="null"/> before the first.</summary>
    public long? Place { get; private set; }

    private int PingSeconds => (int)Math.Clamp(Math.Floor(silence.TotalSeconds / PingsWithinSilence), 1, 15);

    /// <summary>A part of the silence, as a stream that is not held back begins at once: 10 seconds by default.</summary>
    private TimeSpan StartLimit => silence / 4 > LeastStart ? silence / 4 : LeastStart;

    /// <summary>Follows until the token is set.</summary>
    /// <exception cref="ManagementException">The key is not valid, or no longer valid.</exception>
    public async Task RunAsync(long? after, CancellationToken cancellationToken)
    {
        Place = after;
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var reason = await FollowAsync(cancellationToken);
                if (reason is null)
                {
                    continue;
                }

                pause = _isConnected ? FirstPause : pause;
                _isConnected = _isPolling = false;
                client.Renew();
                if (reason != _reported)
                {
                    say($"Not connected: {reason}");
                    _reported = reason;
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

    /// <returns>Why the connection ended; <see langword="null"/> to continue at once.</returns>
    private async Task<string?> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Place is null)
            {
                await ReadAsync("wait=0", silence, cancellationToken);
                if (Place is null)
                {
                    return "the gateway closed the connection.";
                }
            }

            if (!_isPolling)
            {
                return await StreamAsync(cancellationToken);
            }

            await ReadAsync(string.Create(CultureInfo.InvariantCulture, $"wait={PingSeconds}"), silence, cancellationToken);
            return _hasBegun ? null : "the gateway closed the connection.";
        }
        catch (ManagementException exception) when (exception.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no data for {silence.TotalSeconds} seconds.");
        }
        catch (Exception exception) when (NetworkFailure.IsOne(exception) || exception is JsonException)
        {
            return "the connection broke.";
        }
    }

    private async Task<string?> StreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(string.Create(CultureInfo.InvariantCulture, $"ping={PingSeconds}"), StartLimit, cancellationToken);
            return "the gateway closed the connection.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (!IsHeldBack())
            {
                throw;
            }

            // If the gateway responds to this, only its stream does not get through.
            var hasBegun = _hasBegun;
            client.Renew();
            await ReadAsync("wait=0", silence, cancellationToken);
            var what = hasBegun ? "its stream was silent" : "its stream sent nothing";
            var limit = hasBegun ? silence : StartLimit;
            say(string.Create(
                CultureInfo.InvariantCulture,
                $"The gateway responds, but {what} for {limit.TotalSeconds} seconds: a proxy in between buffers it. Turn buffering off for /api/v1/stream (nginx: proxy_buffering off). Until then, the tool polls for events."));
            _streamsWithoutPing = 0;
            _isPolling = true;
            return null;
        }
    }

    /// <returns>Whether a silent stream may be buffered by a proxy rather than lost.</returns>
    private bool IsHeldBack()
    {
        _streamsWithoutPing = _hasPing ? 0 : _streamsWithoutPing + 1;
        return !_hasBegun || _streamsWithoutPing >= MostStreamsWithoutPing;
    }

    /// <summary>Reads one response to its end.</summary>
    /// <exception cref="OperationCanceledException">It did not begin in time, or nothing came for too long.</exception>
    private async Task ReadAsync(string query, TimeSpan toBegin, CancellationToken cancellationToken)
    {
        (_hasBegun, _hasPing) = (false, false);
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        quiet.CancelAfter(toBegin);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"stream?{query}" + (Place is { } place ? string.Create(CultureInfo.InvariantCulture, $"&after={place}") : ""));
        // A proxy that compresses would hold messages back until there are enough of them.
        request.Headers.AcceptEncoding.ParseAdd("identity");
        using var response = await client.OpenAsync(request, quiet.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(quiet.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(quiet.Token))
        {
            // The stream is not read while an event is being forwarded, so that time does not count as silence.
            quiet.CancelAfter(Timeout.InfiniteTimeSpan);
            await TakeAsync(item, cancellationToken);
            quiet.CancelAfter(silence);
        }
    }

    private void SayConnected()
    {
        if (!_isConnected)
        {
            _isConnected = true;
            _reported = null;
            say($"Connected to {client.Api.Authority}.");
        }
    }

    private async Task TakeAsync(SseItem<string> item, CancellationToken cancellationToken)
    {
        var isStream = Place is not null;
        _hasBegun = true;
        _hasPing |= item.EventType == "ping";
        if (isStream)
        {
            SayConnected();
        }

        if (item.EventType == "gap")
        {
            say("Gap: some events are no longer available from the gateway.");
        }
        else if (item.EventType is "event" or "attempt")
        {
            await follower.FollowAsync(item, JsonNode.Parse(item.Data)!.AsObject(), cancellationToken);
        }

        // The start message has one too, so that a disconnection before the first event does not move "now".
        if (long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            Place = place;
        }
    }
}
