namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>A planted mistake of the store in memory, which a suite must find.</summary>
internal enum MemoryMistake
{
    None,

    /// <summary>Stores a request that is a repeat.</summary>
    StoresRepeats,

    /// <summary>Stores the events of a batch before one that cannot be stored.</summary>
    StoresPartsOfBatches,

    /// <summary>Leases a later delivery of a resource before the earlier one is settled.</summary>
    LeasesOutOfOrder,

    /// <summary>Leases what waits for a dead letter of a strict endpoint.</summary>
    PassesDeadLetters,

    /// <summary>Settles a delivery whose lease is no longer held.</summary>
    AcceptsLateSettlements,

    /// <summary>Records an attempt again that is settled twice.</summary>
    RecordsAttemptsTwice,

    /// <summary>Counts an attempt for a lease that was only taken ahead.</summary>
    CountsUnstartedLeases,

    /// <summary>Counts no attempt for a started lease that expires.</summary>
    ForgetsExpiredAttempts,

    /// <summary>Starts leases that belong to another worker.</summary>
    StartsLostLeases,

    /// <summary>Lets a started lease expire when it was to expire before it was started.</summary>
    DoesNotExtendLeases,

    /// <summary>Writes no deliveries for endpoints that are not enabled.</summary>
    SkipsPausedEndpoints,

    /// <summary>Writes deliveries for deleted endpoints.</summary>
    DeliversToDeletedEndpoints,

    /// <summary>Counts the listed events from the newest one, so that new ones move the pages.</summary>
    PagesByOffset,

    /// <summary>Continues after the first event that did not fit on a page.</summary>
    LosesAtPageEnds,

    /// <summary>Begins with the first page if the cursor is not one.</summary>
    IgnoresInvalidCursors,

    /// <summary>Changes an endpoint without an audit entry.</summary>
    ForgetsAudit,

    /// <summary>Records a change that was not made.</summary>
    RecordsRefusals,

    /// <summary>Removes an event although one of its deliveries is being attempted.</summary>
    RemovesLeasedEvents,

    /// <summary>Removes an event that was not dispatched yet.</summary>
    RemovesUndispatchedEvents,

    /// <summary>Keeps a dead letter no longer than other deliveries.</summary>
    RemovesDeadLettersEarly,

    /// <summary>Reports changes in the order of their kinds.</summary>
    ReordersChanges,

    /// <summary>Does not tell a follower that changes were removed.</summary>
    HidesGaps,

    /// <summary>Begins to count at the first change again after it was opened.</summary>
    CountsAgainAfterReopening,

    /// <summary>Counts a delivery as delivered by an attempt that ended after its lease.</summary>
    CountsLateSuccesses,

    /// <summary>Finds a key as it was before it was revoked.</summary>
    FindsRevokedKeys,

    /// <summary>Lists the secrets of sources in another order than that in which they were added.</summary>
    OrdersSecretsByTheirEnds,

    /// <summary>Takes every node for the only one, so that an older declaration replaces a newer one.</summary>
    AppliesOlderDeclarations,

    /// <summary>Makes the leases of other nodes pending when a node starts.</summary>
    RecoversLeasesOfOthers,

    /// <summary>Keeps changes of endpoints for the node that made them.</summary>
    CachesEndpoints,
}
