namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Limits the time that relaxed work may take from the writer while requests are being stored.</summary>
/// <remarks>
/// Deliveries can wait, and Help Scout gives up on an event. With many endpoints, an event makes far more deliveries than
/// can be attempted while more events arrive, and their leases and outcomes would take whatever the requests leave, of the
/// processors too. So relaxed work gets less the more of the writer's time goes into storing events: all of it at
/// low rates, a tenth at the highest. Syncing does not count, since the processors are free meanwhile.
/// </remarks>
internal sealed class RelaxedShare(TimeProvider timeProvider)
{
    private const double Smallest = 0.1;

    /// <summary>How much receiving needs elsewhere, such as for HTTP, for each part of the writer's time.</summary>
    private const double Weight = 4;

    private static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private long _at = timeProvider.GetTimestamp();
    private double _receiving;
    private TimeSpan _credit = Most;

    /// <summary>How long relaxed work has to wait; zero if it may begin now.</summary>
    public TimeSpan Wait
    {
        get
        {
            Advance(TimeSpan.Zero, TimeSpan.Zero);
            return _credit > TimeSpan.Zero ? TimeSpan.Zero : (-_credit / Share) + Least;
        }
    }

    /// <summary>The part of the time that relaxed work may take now.</summary>
    private double Share => Math.Clamp(1 - (Weight * _receiving), Smallest, 1);

    /// <summary>Records time just used to store events, without their sync.</summary>
    public void Received(TimeSpan used) => Advance(used, TimeSpan.Zero);

    /// <summary>Records time just used for relaxed work.</summary>
    public void Relaxed(TimeSpan used) => Advance(TimeSpan.Zero, used);

    private void Advance(TimeSpan received, TimeSpan relaxed)
    {
        var now = timeProvider.GetTimestamp();
        var elapsed = TimeSpan.FromTicks(Math.Max(0, timeProvider.GetElapsedTime(_at, now).Ticks));
        _at = now;
        _receiving = (_receiving * Math.Exp(-elapsed / Memory)) + (received / Memory);
        var credit = _credit + (elapsed * Share) - relaxed;
        _credit = credit < Most ? credit : Most;
    }
}
