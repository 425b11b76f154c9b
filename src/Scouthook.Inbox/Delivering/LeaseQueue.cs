using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>The deliveries that one worker has leased and not attempted yet, and the slots that attempt them.</summary>
/// <remarks>
/// A slot that has its answer takes the next lease here, without waiting for the store. Only started leases are taken:
/// an attempt counts even if the process ends during it, so its start is stored before it begins. The others wait to be
/// started. A lease that has waited too long is started again, which extends it.
/// </remarks>
internal sealed class LeaseQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<Held> _started = new();
    private readonly LinkedList<Held> _ahead = new();
    private int _inFlight;
    private long _bytes;

    /// <summary>The number of running attempts.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>The number of leases that can be attempted at once.</summary>
    public int Started
    {
        get
        {
            lock (_gate)
            {
                return _started.Count;
            }
        }
    }

    /// <summary>The number of leases that have to be started first.</summary>
    public int Ahead
    {
        get
        {
            lock (_gate)
            {
                return _ahead.Count;
            }
        }
    }

    /// <summary>The size of the bodies of all that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Adds leases, in the order in which they are to be attempted.</summary>
    /// <param name="leases">The leases.</param>
    /// <param name="until">When they expire, in the worker's monotonic time.</param>
    public void Add(IEnumerable<DeliveryLease> leases, TimeSpan until)
    {
        lock (_gate)
        {
            foreach (var lease in leases)
            {
                _bytes += lease.Body.Length;
                var held = new Held(lease, until);
                if (lease.IsStarted)
                {
                    _started.Enqueue(held);
                }
                else
                {
                    _ahead.AddLast(held);
                }
            }
        }
    }

    /// <summary>Takes leases that have to be started, oldest first.</summary>
    public List<DeliveryLease> TakeAhead(int max)
    {
        var taken = new List<DeliveryLease>();
        lock (_gate)
        {
            while (taken.Count < max && _ahead.First is { } first)
            {
                _ahead.RemoveFirst();
                _bytes -= first.Value.Lease.Body.Length;
                taken.Add(first.Value.Lease);
            }
        }

        return taken;
    }

    /// <summary>Returns leases that could not be started, to be tried again before all others.</summary>
    public void PutBack(List<DeliveryLease> leases)
    {
        lock (_gate)
        {
            for (var index = leases.Count - 1; index >= 0; index--)
            {
                _bytes += leases[index].Body.Length;
                _ahead.AddFirst(new Held(leases[index], TimeSpan.Zero));
            }
        }
    }

    /// <summary>Takes the next lease for a slot.</summary>
    /// <param name="endsAttempt">Whether the slot has just finished an attempt.</param>
    /// <param name="limit">How many attempts may run at once.</param>
    /// <param name="lastsUntil">How long a lease must last to be attempted, in the worker's monotonic time.</param>
    /// <returns><see langword="null"/> if no further attempt may begin; the slot is then free.</returns>
    public DeliveryLease? Next(bool endsAttempt, int limit, TimeSpan lastsUntil)
    {
        lock (_gate)
        {
            if (endsAttempt)
            {
                _inFlight--;
            }

            while (_inFlight < limit && _started.TryDequeue(out var held))
            {
                if (held.Until >= lastsUntil)
                {
                    _inFlight++;
                    _bytes -= held.Lease.Body.Length;
                    return held.Lease;
                }

                _ahead.AddLast(held);
            }

            return null;
        }
    }

    /// <summary>Takes everything that waits, to be given back.</summary>
    public List<DeliveryLease> TakeAll()
    {
        lock (_gate)
        {
            List<DeliveryLease> all = [.. _started.Concat(_ahead).Select(held => held.Lease)];
            _started.Clear();
            _ahead.Clear();
            _bytes = 0;
            return all;
        }
    }

    private readonly record struct Held(DeliveryLease Lease, TimeSpan Until);
}
