namespace Scouthook.Events;

/// <summary>An event about a tag, its deletion included.</summary>
/// <remarks>
/// All but <see cref="TagDeleted"/> are also a <see cref="TagSnapshotEvent"/>, which has the tag itself.
/// </remarks>
public abstract record TagEvent : HelpScoutEvent
{
    private protected TagEvent()
    {
    }

    /// <summary>The id of the tag.</summary>
    public abstract long TagId { get; }
}
