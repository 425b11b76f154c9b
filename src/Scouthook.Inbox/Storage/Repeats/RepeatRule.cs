namespace Scouthook.Inbox.Storage;

/// <summary>
/// Decides whether a request is already in the inbox, and whether it is older than the known state of its resource.
/// </summary>
/// <remarks>
/// Help Scout sends no delivery id. It sends the same body again, sometimes at once, sometimes a day late, and it also
/// sends equal bodies for different events: a tag set, removed and set again. So equal bytes alone decide nothing. They
/// are a repeat if nothing else happened to the resource since, or if the body is provably older than the known state.
/// Where neither applies, both interpretations are possible, and then losing an event would be worse than delivering it
/// twice. That must not let two captured requests, sent in turn, fill the store: no resource returns to exactly the
/// same bytes more often than <see cref="MaxCopies"/> times within the window, so further copies are only counted.
/// </remarks>
internal static class RepeatRule
{
    /// <summary>The maximum number of copies of one key stored within the window.</summary>
    public const int MaxCopies = 8;

    /// <summary>Decides about one request.</summary>
    /// <param name="kept">The newest stored event with the same key, if there is one.</param>
    /// <param name="resource">The known state of the resource, if the event has one and it was seen before.</param>
    /// <param name="hasResource">Whether the event has a resource.</param>
    /// <param name="changedAt">When the state in the body last changed, if the body says so.</param>
    /// <param name="age">The age clock when the request was received.</param>
    /// <param name="window">How long after an event was stored an equal request counts as a repeat.</param>
    /// <returns>The decision.</returns>
    public static RepeatDecision Decide(
        KeptEvent? kept,
        ResourceState? resource,
        bool hasResource,
        DateTimeOffset? changedAt,
        DateTimeOffset age,
        TimeSpan window)
    {
        var isOlder = changedAt < resource?.NewestChangedAt;
        if (kept is not { } same || (age - same.AgedAt).Duration() > window)
        {
            return isOlder ? RepeatDecision.Stale : RepeatDecision.New;
        }

        var nothingSince = !hasResource || resource is null || resource.Value.LastSequence == same.Sequence;
        var deletedSince = resource?.DeletedSequence > same.Sequence;
        if (nothingSince || isOlder || deletedSince)
        {
            return RepeatDecision.Repeat;
        }

        var copies = 1 + same.Earlier.Count(earlier => age - earlier <= window);
        return copies >= MaxCopies ? RepeatDecision.ExcessCopy : RepeatDecision.PossibleRepeat;
    }
}
