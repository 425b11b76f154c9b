using System.Collections.Concurrent;

namespace DurableHandlers.Tests;

/// <summary>A ticket system that remembers its tickets, and is busy for as often as a test says.</summary>
public sealed class FakeTicketSystem : ITicketSystem
{
    private readonly ConcurrentQueue<string?> _opened = new();
    private int _busyTimes;

    public IReadOnlyCollection<string?> Opened => _opened;

    public void BeBusy(int times) => _busyTimes = times;

    public Task<bool> TryOpenAsync(Guid eventId, string? subject, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _busyTimes) >= 0)
        {
            return Task.FromResult(false);
        }

        _opened.Enqueue(subject);
        return Task.FromResult(true);
    }
}
