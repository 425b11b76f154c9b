namespace Scouthook.Inbox.Storage;

/// <summary>
/// The reason why the store cannot be used, once known; every operation on it then fails with this reason.
/// </summary>
/// <param name="State">The kind of the fault.</param>
/// <param name="Reason">The problem and its remedy, in sentences.</param>
internal sealed record StoreFault(StoreState State, string Reason)
{
    public InboxUnavailableException ToException(Exception? cause = null) => State switch
    {
        StoreState.Corrupt => new InboxCorruptException(Reason, cause),
        StoreState.Away => new InboxUnavailableException(Reason, cause) { IsReported = true },
        _ => new InboxUnavailableException(Reason, cause),
    };
}
