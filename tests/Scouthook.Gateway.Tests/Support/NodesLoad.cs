using System.Collections.Concurrent;
using System.Globalization;
using Scouthook.Signing;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>
/// Sends events at a rate, each to one node after the other until one has acknowledged it, as Help Scout does through a
/// load balancer.
/// </summary>
/// <param name="ports">The ports of the nodes.</param>
internal sealed class NodesLoad(IReadOnlyList<int> ports) : IDisposable
{
    /// <summary>A request that has no answer by then is one that hangs: the gateway gives up a commit earlier.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A machine that is too slow for the rate is not flooded.</summary>
    private const int MaxOpen = 1_500;

    private static readonly TimeSpan ToFinish = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly HttpClient _client = new() { Timeout = Patience };
    private int _turn;
    private int _open;
    private volatile bool _isDisposed;

    /// <summary>The answers of all requests, those that ended without one included.</summary>
    public ConcurrentQueue<NodeAnswer> Answers { get; } = new();

    /// <summary>Why requests ended without an answer.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>The hashes of the acknowledged events.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = new();

    public void Dispose()
    {
        _isDisposed = true;
        _client.Dispose();
    }

    /// <summary>Sends until it is stopped, then waits until everything that was sent is acknowledged.</summary>
    public async Task RunAsync(IEnumerable<SentEvent> events, double perSecond, CancellationToken stop)
    {
        var (started, given) = (TimeProvider.System.GetTimestamp(), 0);
        foreach (var sent in events)
        {
            var due = TimeSpan.FromSeconds(given++ / perSecond) - TimeProvider.System.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            while (Volatile.Read(ref _open) >= MaxOpen && !stop.IsCancellationRequested)
            {
                await Eventually.PauseAsync();
            }

            if (stop.IsCancellationRequested)
            {
                break;
            }

            Interlocked.Increment(ref _open);
            _ = SendAsync(sent);
        }

        var stopped = TimeProvider.System.GetTimestamp();
        while (Volatile.Read(ref _open) > 0)
        {
            if (TimeProvider.System.GetElapsedTime(stopped) >= ToFinish)
            {
                var last = Answers.GroupBy(answer => (answer.Node, answer.Status))
                    .Select(group => $"{group.Key} {TimeProvider.System.GetElapsedTime(group.Max(answer => answer.EndedAt)).TotalSeconds} s ago");
                Assert.Fail($"{Volatile.Read(ref _open)} events are never acknowledged; the last answers: {string.Join(", ", last)}");
            }

            await Eventually.PauseAsync();
        }
    }

    private async Task SendAsync(SentEvent sent)
    {
        for (var turn = Interlocked.Increment(ref _turn); !_isDisposed; turn++)
        {
            var answer = await TryAsync(sent, turn % ports.Count);
            Answers.Enqueue(answer);
            if (answer.Status == 200)
            {
                Acknowledged.Enqueue(sent.Hash);
                break;
            }

            await Task.Delay(AgainAfter, TimeProvider.System, CancellationToken.None);
        }

        Interlocked.Decrement(ref _open);
    }

    private async Task<NodeAnswer> TryAsync(SentEvent sent, int node)
    {
        var started = TimeProvider.System.GetTimestamp();
        int? status = null;
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[node]}/webhook"));
            request.Content = new ByteArrayContent(sent.Body);
            request.Headers.Add("X-HelpScout-Event", sent.Name);
            request.Headers.Add("X-HelpScout-Signature", HelpScoutSignature.Sign(sent.Body, GatewaySetup.Secret));
            using var answer = await _client.SendAsync(request, CancellationToken.None);
            status = (int)answer.StatusCode;
        }
        catch (Exception exception)
        {
            // The node was killed, as a rule; the checks of the answers tell.
            Failures.Enqueue(exception);
        }

        return new NodeAnswer(node, started, TimeProvider.System.GetTimestamp(), status);
    }
}
