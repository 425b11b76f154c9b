using System.Collections.Concurrent;

namespace DurableHandlers;

/// <summary>A ticket system that is busy the first time it is asked for a ticket.</summary>
internal sealed class BusyTicketSystem : ITicketSystem
{
    private readonly ConcurrentDictionary<Guid, int> _asked = new();

    public async Task<bool> TryOpenAsync(Guid eventId, string? subject, CancellationToken cancellationToken)
    {
        var times = _asked.AddOrUpdate(eventId, 1, (_, before) => before + 1);
        if (times == 1)
        {
            return false;
        }

        if (times == 2)
        {
            await Console.Out.WriteLineAsync($"Ticket opened: {subject}".AsMemory(), cancellationToken);
        }

        return true;
    }
}
