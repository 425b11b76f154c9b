namespace Scouthook.Events;

/// <summary>An event about a customer, its deletion included.</summary>
/// <remarks>
/// All but <see cref="CustomerDeleted"/> are also a <see cref="CustomerSnapshotEvent"/>, which has the customer itself.
/// </remarks>
public abstract record CustomerEvent : HelpScoutEvent
{
    private protected CustomerEvent()
    {
    }

    /// <summary>The id of the customer.</summary>
    public abstract long CustomerId { get; }
}
