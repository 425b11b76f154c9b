using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Signals commits to the stages of this node at once, and to other nodes by notifications.</summary>
/// <remarks>
/// A notification holds a lock of the whole server until its commit ends. So it is sent after the commit it reports, in a
/// transaction of its own that does not wait for the disk, and at most one per node and interval. Where notifications do
/// not arrive, as through a pooler in transaction mode, the node polls. A lost one costs time only.
/// </remarks>
internal sealed class PostgreSqlNotifier(
    StoreSignal signal, PostgreSqlListening? listening = null, ILogger<PostgreSqlNotifier>? logger = null) : IAsyncDisposable, IDisposable
{
    /// <summary>The least time between two notifications of a node.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ILogger _logger = logger ?? NullLogger<PostgreSqlNotifier>.Instance;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Channel<bool> _pending = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private PostgreSqlSignals _unsent = new();
    private Task _running = Task.CompletedTask;
    private bool _started;

    /// <summary>Describes how this node learns of the commits of others; <see langword="null"/> where there are none.</summary>
    public string? Sharing => listening?.Description;

    /// <summary>Raises the signals of a commit.</summary>
    public void Committed(PostgreSqlSignals signals)
    {
        signals.RaiseOn(signal);
        if (listening is null || signals.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            _unsent.Add(signals);
        }

        _pending.Writer.TryWrite(true);
    }

    /// <summary>Starts notifying and being notified, where other nodes are possible.</summary>
    public void Start()
    {
        if (_started || listening is null)
        {
            return;
        }

        _started = true;
        _running = Task.WhenAll(
            Task.Run(() => SendAllAsync(listening), CancellationToken.None),
            Task.Run(() => listening.RunAsync(Receive, signal.All, _logger, _stopping.Token), CancellationToken.None));
    }

    /// <summary>Stops without waiting, for hosts that are not disposed asynchronously.</summary>
    public void Dispose() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Receive(string payload)
    {
        if (PostgreSqlSignals.Read(payload, listening!.Node) is { } signals)
        {
            signals.RaiseOn(signal);
        }
    }

    private async Task SendAllAsync(PostgreSqlListening over)
    {
        while (await _pending.Reader.WaitToReadAsync(_stopping.Token))
        {
            _pending.Reader.TryRead(out _);
            PostgreSqlSignals sent;
            lock (_gate)
            {
                (sent, _unsent) = (_unsent, new PostgreSqlSignals());
            }

            try
            {
                await over.SendAsync(sent.Write(over.Node), _stopping.Token);
            }
            catch (Exception) when (!_stopping.IsCancellationRequested)
            {
                // Lost: other nodes check periodically.
            }

            await Task.Delay(Interval, over.TimeProvider, _stopping.Token);
        }
    }
}
