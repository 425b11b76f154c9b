using System.Collections.Concurrent;

namespace Scouthook.TestSupport.Gateways;

/// <summary>Many connections that post one event after the other, and record the result of each.</summary>
/// <param name="port">The port to post to.</param>
/// <param name="events">The events to post.</param>
/// <param name="perSecond">The rate per second; 0 for as fast as possible.</param>
/// <param name="secret">The secret to sign the next one with.</param>
internal sealed class Load(int port, IEnumerable<SentEvent> events, double perSecond = 0, Func<string>? secret = null)
{
    private readonly IEnumerator<SentEvent> _events = events.GetEnumerator();
    private readonly Lock _gate = new();
    private long _started;
    private int _given;

    /// <summary>By hash; added before the first byte is sent.</summary>
    public ConcurrentDictionary<string, SentEvent> Sent { get; } = new();

    public ConcurrentQueue<SentEvent> Acknowledged { get; } = new();

    public ConcurrentQueue<RawAnswer> Refused { get; } = new();

    /// <summary>Posts until the events are used up, the server is gone, or the test stops it.</summary>
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
            // The test has stopped the load.
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server is gone; only its earlier responses count.
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
