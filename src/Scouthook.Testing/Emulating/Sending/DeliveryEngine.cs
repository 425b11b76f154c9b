namespace Scouthook.Testing;

/// <summary>The sending side: the webhooks of the account, and the requests to them.</summary>
/// <remarks>
/// One lock guards all webhooks. Requests start when an event happens, when another one ends and when a retry is due, which
/// one timer watches. Waits go by elapsed time, as the timer does: a clock that is set back must not hold a retry up for as
/// long as it was set back.
/// </remarks>
internal sealed class DeliveryEngine : IAsyncDisposable
{
    private const long FirstId = 10;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, RegisteredWebhook> _webhooks = [];
    private readonly OutstandingEvents _outstanding = new();
    private readonly List<(Func<bool> Condition, TaskCompletionSource Source)> _waiters = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly HelpScoutEmulatorOptions _options;
    private readonly WebhookClient _client;
    private readonly ITimer _timer;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private long _nextId = FirstId;
    private long _events;
    private int _inFlight;
    private bool _isDisposed;

    public DeliveryEngine(HelpScoutEmulatorOptions options)
    {
        _options = options;
        _client = new WebhookClient(options);
        _startedAt = options.TimeProvider.GetUtcNow();
        _started = options.TimeProvider.GetTimestamp();
        _timer = options.TimeProvider.CreateTimer(
            _ => Update(static () => true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised for every attempt, with the webhook, while the webhooks are locked.</summary>
    public event Action<long, EmulatedAttempt>? Attempted;

    /// <summary>The time that has passed since the start, as an instant. It differs from the clock once the clock was set.</summary>
    private DateTimeOffset Now => _startedAt + _options.TimeProvider.GetElapsedTime(_started);

    public IReadOnlyList<EmulatedWebhook> Snapshot()
    {
        lock (_lock)
        {
            return [.. _webhooks.Values.Select(webhook => webhook.ToSnapshot())];
        }
    }

    public EmulatedWebhook? Find(long id)
    {
        lock (_lock)
        {
            return _webhooks.GetValueOrDefault(id)?.ToSnapshot();
        }
    }

    public EmulatedWebhook Add(WebhookDefinition definition) => Update(() =>
    {
        var webhook = new RegisteredWebhook(_nextId++, definition, _options, _outstanding);
        _webhooks.Add(webhook.Id, webhook);
        return webhook.ToSnapshot();
    });

    /// <summary>Changes a webhook.</summary>
    /// <returns>True, or false if there is no webhook with this id.</returns>
    public bool TryChange(long id, Action<RegisteredWebhook> change) => Update(() =>
    {
        if (!_webhooks.TryGetValue(id, out var webhook))
        {
            return false;
        }

        change(webhook);
        return true;
    });

    public bool TryRemove(long id) => Update(() =>
    {
        if (!_webhooks.Remove(id, out var webhook))
        {
            return false;
        }

        webhook.Disable("The webhook was deleted.");
        return true;
    });

    /// <summary>Sends an event to every enabled webhook that is registered for it.</summary>
    public void Emit(string name, long? mailboxId, Func<BodyKind, byte[]> write) => Update(() =>
    {
        var happened = new EmittedEvent(++_events, name, mailboxId, write);
        foreach (var webhook in _webhooks.Values.Where(webhook => webhook.Wants(happened)))
        {
            webhook.Add(happened, Now);
        }

        return true;
    });

    /// <summary>Sends an event to one webhook, whatever it is registered for.</summary>
    /// <returns>True, or false if there is no webhook with this id, or it is disabled.</returns>
    public bool TryEmitTo(long id, string name, byte[] body) => Update(() =>
    {
        if (!_webhooks.TryGetValue(id, out var webhook) || !webhook.IsEnabled)
        {
            return false;
        }

        webhook.Add(new EmittedEvent(++_events, name, null, _ => body), Now);
        return true;
    });

    /// <summary>Waits until every event that has happened until now is acknowledged, discarded or dropped.</summary>
    public Task WaitUntilSentAsync(CancellationToken cancellationToken)
    {
        long last;
        lock (_lock)
        {
            last = _events;
        }

        return WaitAsync(() => _outstanding.AreSettledUpTo(last), cancellationToken);
    }

    /// <summary>Waits until no request is running and none is due.</summary>
    /// <returns>When the next one is due, or <see langword="null"/>.</returns>
    public async Task<DateTimeOffset?> WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(() => _inFlight is 0, cancellationToken);
        lock (_lock)
        {
            return NextDueAt() is { } dueAt ? ToClock(dueAt) : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _timer.DisposeAsync();
        await WaitAsync(() => _inFlight is 0, CancellationToken.None);
        _client.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var (_, source) in _waiters)
            {
                source.TrySetException(Disposed());
            }
        }

        _stopping.Dispose();
    }

    /// <summary>Changes the state, starts what is due, and completes those who wait for the new state.</summary>
    private T Update<T>(Func<T> change)
    {
        lock (_lock)
        {
            try
            {
                return change();
            }
            finally
            {
                // Also if the change failed half way, for example because a body could not be written for one webhook.
                Start();
                _waiters.RemoveAll(waiter => waiter.Condition() && (waiter.Source.TrySetResult() || true));
            }
        }
    }

    private void Start()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        var now = Now;
        foreach (var webhook in _webhooks.Values)
        {
            while (webhook.TryTake(now, out var taken))
            {
                foreach (var delivery in taken)
                {
                    _inFlight++;
                    _ = SendAsync(webhook, delivery);
                }
            }
        }

        // What is due but has no free connection starts when a request ends.
        if (_webhooks.Values.Select(webhook => webhook.NextDueAt).Where(dueAt => dueAt > now).Min() is { } next)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
            _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task SendAsync(RegisteredWebhook webhook, PendingDelivery delivery)
    {
        // Not under the lock of the caller.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var result = await _client.SendAsync(delivery, _stopping.Token);
        Update(() =>
        {
            _inFlight--;
            var attempt = webhook.Complete(delivery, result, Now, ToClock);
            Attempted?.Invoke(webhook.Id, attempt);
            return true;
        });
    }

    /// <summary>Converts an instant of <see cref="Now"/> to one of the clock.</summary>
    private DateTimeOffset ToClock(DateTimeOffset instant) => instant + (_options.TimeProvider.GetUtcNow() - Now);

    private static ObjectDisposedException Disposed() => new(nameof(HelpScoutEmulator));

    private DateTimeOffset? NextDueAt() => _webhooks.Values.Select(webhook => webhook.NextDueAt).Min();

    private async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Update(() =>
        {
            // Nothing completes it any more, unless it is complete already.
            if (_isDisposed && !condition())
            {
                throw Disposed();
            }

            _waiters.Add((condition, source));
            return true;
        });
        try
        {
            await source.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.RemoveAll(waiter => waiter.Source == source);
            }
        }
    }
}
