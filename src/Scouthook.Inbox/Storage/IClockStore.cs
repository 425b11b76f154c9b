using Scouthook.Inbox.Clocks;

namespace Scouthook.Inbox.Storage;

/// <summary>
/// Stores the age clock between processes. It is written together with retention and the cleanup of deduplication keys.
/// </summary>
internal interface IClockStore
{
    /// <summary>Reads the stored instants.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    Task<StoredClock> ReadAsync(CancellationToken cancellationToken);
}
