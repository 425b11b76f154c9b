using Scouthook.AspNetCore.Configuring;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>Limits the memory of request bodies: those being read, and those waiting for their commit.</summary>
/// <remarks>
/// A body is charged as it arrives, so an announced length costs nothing. A genuine request cannot be distinguished
/// from a forged one before it is complete, so room is made at the expense of slow bodies: half of the budget is
/// reserved against unverified bodies of more than 256 KiB, and of these the slowest is evicted; when small bodies have
/// used up the budget, the oldest incomplete one is evicted. A body that arrives all at once never is.
/// </remarks>
internal sealed class BodyBudget(LiveSettings settings, TimeProvider timeProvider)
{
    /// <summary>A body is small as long as no more than this has been read.</summary>
    public const int LargestSmallBody = 256 * 1024;

    /// <summary>The cost of a request in addition to its body, so that empty ones are not free.</summary>
    public const int Overhead = 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<BodyCharge> _waiting = [];
    private long _used;
    private long _large;

    /// <summary>The bytes charged now.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>Starts to charge a request; nothing is charged until part of its body has been read.</summary>
    public BodyCharge Open() => new(this, timeProvider.GetTimestamp());

    public void Register(BodyCharge charge)
    {
        lock (_lock)
        {
            _waiting.Add(charge);
        }
    }

    public bool TryAdd(BodyCharge charge, long bytes)
    {
        List<BodyCharge>? evicted = null;
        lock (_lock)
        {
            if (charge.IsReading)
            {
                Add(charge, charge.Bytes == 0 ? bytes + Overhead : bytes);
                MakeRoom(charge, settings.Current.MaxBytesInFlight, ref evicted);
            }
        }

        // Not under the lock: cancelling may run continuations.
        evicted?.ForEach(static other => other.Cancel());
        return charge.IsReading;
    }

    public bool TryMove(BodyCharge charge, BodyChargeState state)
    {
        lock (_lock)
        {
            if (charge.State is BodyChargeState.Evicted or BodyChargeState.Released)
            {
                return false;
            }

            charge.State = state;
            _waiting.Remove(charge);
            if (state is BodyChargeState.Verified && charge.IsLarge)
            {
                charge.IsLarge = false;
                _large -= charge.Bytes;
            }

            return true;
        }
    }

    public void Release(BodyCharge charge)
    {
        lock (_lock)
        {
            Remove(charge, BodyChargeState.Released);
        }
    }

    private void Add(BodyCharge charge, long bytes)
    {
        charge.Bytes += bytes;
        _used += bytes;
        if (charge.IsLarge)
        {
            _large += bytes;
        }
        else if (charge.Bytes > LargestSmallBody + Overhead)
        {
            charge.IsLarge = true;
            _large += charge.Bytes;
        }
    }

    private void MakeRoom(BodyCharge newest, long budget, ref List<BodyCharge>? evicted)
    {
        // A single large body may use more than its share, or a MaxBodyBytes above it could never be received.
        while (_large > budget / 2 && _large > newest.Bytes && newest.IsLarge && newest.IsReading)
        {
            Evict(SlowestLarge() ?? newest, ref evicted);
        }

        while (_used > budget && newest.IsReading)
        {
            var victim = _large > budget / 2 ? SlowestLarge() : OldestSmall(newest);
            Evict(victim ?? newest, ref evicted);
        }
    }

    private BodyCharge? SlowestLarge()
    {
        BodyCharge? slowest = null;
        var least = double.PositiveInfinity;
        foreach (var charge in _waiting)
        {
            var rate = charge.Bytes / (1 + timeProvider.GetElapsedTime(charge.StartedAt).TotalMilliseconds);
            if (charge.IsLarge && rate < least)
            {
                (slowest, least) = (charge, rate);
            }
        }

        return slowest;
    }

    private BodyCharge? OldestSmall(BodyCharge newest)
    {
        var oldest = newest.IsLarge ? null : newest;
        foreach (var charge in _waiting)
        {
            if (!charge.IsLarge && charge.StartedAt < (oldest?.StartedAt ?? long.MaxValue))
            {
                oldest = charge;
            }
        }

        return oldest;
    }

    /// <summary>Makes the room of a body available at once: its request ends as soon as it is notified.</summary>
    private void Evict(BodyCharge charge, ref List<BodyCharge>? evicted)
    {
        Remove(charge, BodyChargeState.Evicted);
        (evicted ??= []).Add(charge);
    }

    private void Remove(BodyCharge charge, BodyChargeState state)
    {
        _waiting.Remove(charge);
        if (charge.State is BodyChargeState.Evicted or BodyChargeState.Released)
        {
            return;
        }

        charge.State = state;
        _used -= charge.Bytes;
        if (charge.IsLarge)
        {
            charge.IsLarge = false;
            _large -= charge.Bytes;
        }
    }
}
