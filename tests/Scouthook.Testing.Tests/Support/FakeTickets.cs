using System.Collections.Concurrent;
using DurableHandlers;

namespace Scouthook.Testing.Tests.Support;

/// <summary>A ticket system that answers as the test specifies, by how often the same event was requested.</summary>
internal sealed class FakeTickets(Func<int, CancellationToken, Task<bool>> answer) : ITicketSystem
{
    private readonly ConcurrentDictionary<Guid, int> _asked = new();
    private readonly ConcurrentQueue<string?> _opened = new();

    public FakeTickets(Func<int, bool> answer)
        : this((times, _) => Task.FromResult(answer(times)))
    {
    }

    /// <summary>The subjects of the tickets, in the order of opening.</summary>
    public IReadOnlyCollection<string?> Opened => _opened;

    public async Task<bool> TryOpenAsync(Guid eventId, string? subject, CancellationToken cancellationToken)
    {
        var isOpened = await answer(_asked.AddOrUpdate(eventId, 1, (_, times) => times + 1), cancellationToken);
        if (isOpened)
        {
            _opened.Enqueue(subject);
        }

        return isOpened;
    }
}
