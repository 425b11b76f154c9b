namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Limits the time that relaxed work may take from the writer while many requests are being stored.</summary>
/// <remarks>
/// Deliveries can wait, and Help Scout gives up on an event. With many endpoints, an event makes far more deliveries than
/// can be attempted while more events arrive, and their leases and outcomes would take whatever the requests leave, of the
/// processors too. What says that requests are short of something is how many of them share a commit: a few at rates that
/// leave time for deliveries, whatever a commit takes; dozens when they arrive faster than they are stored. The rate does not
/// say it, since it falls when relaxed work takes more.
/// </remarks>
internal sealed class RelaxedShare(TimeProvider timeProvider)
{
    /// <summary>Up to this many requests in a commit, relaxed work gets all the time that they leave.</summary>
    private const double Few = 4;

    /// <summary>From this many on, it gets the smallest share.</summary>
    private const double Many = 20;

    private const double Smallest = 0.1;

    private static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private long _at = timeProvider.GetTimestamp();
    private long _receivedAt = timeProvider.GetTimestamp();
    private double _requests;
    private TimeSpan _credit = Most;

    /// <summary>How long relaxed work has to wait; zero if it may begin now.</summary>
    public TimeSpan Wait
    {
        get
        {
            Advance();
            return _credit > TimeSpan.Zero ? TimeSpan.Zero : (-_credit / Share) + Least;
        }
    }

    /// <summary>The part of the time that relaxed work may take now.</summary>
    private double Share => Math.Clamp((Many - _requests) / (Many - Few), Smallest, 1);

    /// <summary>Records that a number of requests are stored together.</summary>
    public void Received(int requests)
    {
        Advance();

        // The mean over the time since the last ones, whose weight has faded.
        _requests += requests * (1 - Fading(Elapsed(ref _receivedAt)));
    }

    /// <summary>Records time just used for relaxed work.</summary>
    public void Relaxed(TimeSpan used) => Advance(used);

    private static double Fading(TimeSpan elapsed) => Math.Exp(-elapsed / Memory);

    private void Advance(TimeSpan used = default)
    {
        var elapsed = Elapsed(ref _at);
        _requests *= Fading(elapsed);
        var credit = _credit + (elapsed * Share) - used;
        _credit = credit < Most ? credit : Most;
    }

    /// <summary>The time since an instant, which becomes now; none if the clock was set back.</summary>
    private TimeSpan Elapsed(ref long since)
    {
        var now = timeProvider.GetTimestamp();
        var elapsed = timeProvider.GetElapsedTime(since, now);
        since = now;
        return elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero;
    }
}
