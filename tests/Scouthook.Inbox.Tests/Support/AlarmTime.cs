using Microsoft.Extensions.Time.Testing;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>A clock that exposes its timers, so that a test advances it only once everything is waiting.</summary>
internal sealed class AlarmTime() : FakeTimeProvider(Some.Instant)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, DateTimeOffset> _alarms = [];
    private TaskCompletionSource _set = NewSource();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Note(timer, dueTime);
        return new Alarm(timer, Note);
    }

    /// <summary>Waits until a timer has been set for this instant.</summary>
    public async Task SetForAsync(DateTimeOffset instant)
    {
        while (!IsSet(instant, out var next))
        {
            await next.InTime();
        }
    }

    /// <summary>Waits until a timer has been set for this instant, and advances to it.</summary>
    public async Task ReachAsync(DateTimeOffset instant)
    {
        await SetForAsync(instant);
        SetUtcNow(instant);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="timer">The timer.</param>
    /// <param name="dueTime">The time until it fires; negative if it is stopped.</param>
    private void Note(object timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _alarms.Remove(timer);
            if (dueTime >= TimeSpan.Zero)
            {
                _alarms.Add(timer, GetUtcNow() + dueTime);
                _set.SetResult();
                _set = NewSource();
            }
        }
    }

    private bool IsSet(DateTimeOffset instant, out Task next)
    {
        lock (_gate)
        {
            next = _set.Task;
            return _alarms.ContainsValue(instant);
        }
    }

    private sealed class Alarm(ITimer timer, Action<object, TimeSpan> note) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = timer.Change(dueTime, period);
            note(timer, dueTime);
            return isChanged;
        }

        public void Dispose()
        {
            note(timer, Timeout.InfiniteTimeSpan);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
