using Scouthook.Inbox.Clocks;

namespace Scouthook.Inbox.Storage;

/// <summary>Remembers the age clock between processes. It is written with retention and with forgetting keys.</summary>
internal interface IClockStore
{
    /// <summary>Reads what is known about time.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    Task<StoredClock> ReadAsync(CancellationToken cancellationToken);
}
