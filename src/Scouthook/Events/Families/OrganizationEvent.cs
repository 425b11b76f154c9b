namespace Scouthook.Events;

/// <summary>An event about an organization, its deletion included.</summary>
/// <remarks>
/// All but <see cref="OrganizationDeleted"/> are also a <see cref="OrganizationSnapshotEvent"/>, which has the organization itself.
/// </remarks>
public abstract record OrganizationEvent : HelpScoutEvent
{
    private protected OrganizationEvent()
    {
    }

    /// <summary>The id of the organization.</summary>
    public abstract long OrganizationId { get; }
}
