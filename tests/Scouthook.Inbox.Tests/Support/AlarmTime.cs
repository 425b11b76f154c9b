using Microsoft.Extensions.Time.Testing;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>A clock that tells for when somebody has set an alarm, so that a test moves it only once everybody waits.</summary>
internal sealed class AlarmTime() : FakeTimeProvider(Some.Instant)
{
    private readonly Lock _gate = new();
    private readonly HashSet<DateTimeOffset> _alarms = [];
    private TaskCompletionSource _set = NewSource();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Note(dueTime);
        return new Alarm(timer, Note);
    }

    /// <summary>Waits until an alarm has been set for this instant, and lets it come.</summary>
    public async Task ReachAsync(DateTimeOffset instant)
    {
        while (!IsSet(instant, out var next))
        {
            await next.InTime();
        }

        SetUtcNow(instant);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Note(TimeSpan dueTime)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            lock (_gate)
            {
                _alarms.Add(GetUtcNow() + dueTime);
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
            return _alarms.Contains(instant);
        }
    }

    private sealed class Alarm(ITimer timer, Action<TimeSpan> note) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = timer.Change(dueTime, period);
            note(dueTime);
            return isChanged;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
