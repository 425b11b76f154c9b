using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Provides all changes in commit order to followers, which may disconnect and return.</summary>
internal interface IChangeLog
{
    /// <summary>Returns the position of the newest change.</summary>
    Task<long> LastAsync(CancellationToken cancellationToken);

    /// <summary>Reads the changes after a position.</summary>
    /// <param name="after">The position: the id of a change, or 0 for the beginning.</param>
    /// <param name="limit">The approximate number of changes to return.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken);
}
