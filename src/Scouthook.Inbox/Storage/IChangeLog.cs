using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Everything that happened, in the order of commit, for followers that come and go.</summary>
internal interface IChangeLog
{
    /// <summary>The place after the newest change.</summary>
    Task<long> LastAsync(CancellationToken cancellationToken);

    /// <summary>What came after a place.</summary>
    /// <param name="after">The place: the id of a change, or 0 for the beginning.</param>
    /// <param name="limit">About how many changes to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken);
}
