namespace DurableHandlers;

/// <summary>Another system that wants to know of new conversations, and is not always there.</summary>
public interface ITicketSystem
{
    /// <summary>Opens a ticket; the same event opens it once, however often it is asked for.</summary>
    /// <param name="eventId">Tells asking again from asking for another ticket.</param>
    /// <param name="subject">What the ticket is about.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it has opened the ticket; if not, it is busy.</returns>
    Task<bool> TryOpenAsync(Guid eventId, string? subject, CancellationToken cancellationToken);
}
