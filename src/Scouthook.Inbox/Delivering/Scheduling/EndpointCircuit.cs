using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Delivering.Scheduling;

/// <summary>Detects that an endpoint is down, then lets one attempt at a time through until one succeeds.</summary>
/// <remarks>
/// An endpoint that fails now and then is not down: only consecutive failures over some time count, because each
/// failure costs its delivery an attempt, and holding back delays all others. This state is lost with the process,
/// which costs only a few attempts. Time here is monotonic: a wall clock that jumps neither makes an endpoint down nor
/// delays a probe.
/// </remarks>
internal sealed class EndpointCircuit
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int _failures;
    private TimeSpan _failingSince;
    private TimeSpan _pause;
    private TimeSpan? _probeAt;

    /// <summary>When the next probe may start; <see langword="null"/> if the endpoint is not down.</summary>
    public TimeSpan? ProbeAt
    {
        get
        {
            lock (_gate)
            {
                return _probeAt;
            }
        }
    }

    /// <summary>Returns how many attempts may run at once.</summary>
    public int MaxConcurrency(int concurrency, TimeSpan now)
    {
        lock (_gate)
        {
            return _probeAt is not { } probe ? concurrency : now >= probe ? 1 : 0;
        }
    }

    /// <returns>Whether the endpoint was down until now.</returns>
    public bool Succeed()
    {
        lock (_gate)
        {
            var wasDown = _probeAt is not null;
            _failures = 0;
            _probeAt = null;
            return wasDown;
        }
    }

    /// <summary>Lets the next probe start now: there is a reason to expect that it succeeds.</summary>
    public void ProbeNow(TimeSpan now)
    {
        lock (_gate)
        {
            if (_probeAt > now)
            {
                (_probeAt, _pause) = (now, FirstPause);
            }
        }
    }

    /// <returns>Whether the endpoint counts as down from now on.</returns>
    public bool Fail(TimeSpan now)
    {
        lock (_gate)
        {
            if (_failures++ == 0)
            {
                _failingSince = now;
            }

            if (_probeAt is not null)
            {
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
                _probeAt = now + _pause;
                return false;
            }

            if (!EndpointHealthRule.IsDown(_failures, now - _failingSince))
            {
                return false;
            }

            _pause = FirstPause;
            _probeAt = now + _pause;
            return true;
        }
    }
}
