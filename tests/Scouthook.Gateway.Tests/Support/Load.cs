using System.Collections.Concurrent;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>Many connections that post one event after the other, and what became of each.</summary>
/// <param name="port">Where to post to.</param>
/// <param name="events">What to post.</param>
/// <param name="perSecond">How many to post in a second; 0: as fast as they are answered.</param>
/// <param name="secret">What to sign the next one with.</param>
internal sealed class Load(int port, IEnumerable<SentEvent> events, double perSecond = 0, Func<string>? secret = null)
{
    private readonly IEnumerator<SentEvent> _events = events.GetEnumerator();
    private readonly Lock _gate = new();
    private long _started;
    private int _given;

    /// <summary>By hash; put here before the first byte is sent.</summary>
    public ConcurrentDictionary<string, SentEvent> Sent { get; } = new();

    public ConcurrentQueue<SentEvent> Acknowledged { get; } = new();

    public ConcurrentQueue<RawAnswer> Refused { get; } = new();

    /// <summary>Posts until the events are used up, the server has gone, or it is told to stop.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> RunAsync(int connections, CancellationToken stop = default)
    {
        _started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => PostAllAsync(stop), stop)));
        return TimeProvider.System.GetElapsedTime(_started);
    }

    private async Task PostAllAsync(CancellationToken stop)
    {
        RawClient? client = null;
        try
        {
            while (!stop.IsCancellationRequested && Next(out var due) is { } next)
            {
                if (due - TimeProvider.System.GetElapsedTime(_started) is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait, TimeProvider.System, stop);
                }

                client ??= await RawClient.ConnectAsync(port);
                Sent[next.Hash] = next;
                var answer = await client.ExchangeAsync(next.Request(secret?.Invoke() ?? GatewaySetup.Secret));
                if (answer is null)
                {
                    return;
                }

                if (answer.Status == 200)
                {
                    Acknowledged.Enqueue(next);
                }
                else
                {
                    Refused.Enqueue(answer);
                }

                if (answer.ClosesConnection)
                {
                    client.Dispose();
                    client = null;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is enough.
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server has gone. What it answered before is all that counts.
        }
        finally
        {
            client?.Dispose();
        }
    }

    private SentEvent? Next(out TimeSpan due)
    {
        lock (_gate)
        {
            due = perSecond > 0 ? TimeSpan.FromSeconds(_given++ / perSecond) : TimeSpan.Zero;
            return _events.MoveNext() ? _events.Current : null;
        }
    }
}
