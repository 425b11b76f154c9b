using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

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
    /// <param name="added">The request.</param>
    /// <param name="kept">The newest stored event with the same key, if there is one.</param>
    /// <param name="resource">The known state of its resource, if it has one and it was seen before.</param>
    /// <param name="window">How long after an event was stored an equal request counts as a repeat.</param>
    /// <returns>The decision. Without a deduplication key, nothing is a repeat.</returns>
    public static RepeatDecision Decide(NewEvent added, KeptEvent? kept, ResourceState? resource, TimeSpan window)
    {
        var isOlder = added.Facts.ChangedAt < resource?.NewestChangedAt;
        if (added.DeduplicationKey is null || kept is not { } same || (AgeOf(added) - same.AgedAt).Duration() > window)
        {
            return isOlder ? RepeatDecision.Stale : RepeatDecision.New;
        }

        var nothingSince = added.Facts.Resource is null || resource is null || resource.Value.LastSequence == same.Sequence;
        var deletedSince = resource?.DeletedSequence > same.Sequence;
        if (nothingSince || isOlder || deletedSince)
        {
            return RepeatDecision.Repeat;
        }

        var copies = 1 + same.Earlier.Count(earlier => AgeOf(added) - earlier <= window);
        return copies >= MaxCopies ? RepeatDecision.ExcessCopy : RepeatDecision.PossibleRepeat;
    }

    /// <summary>Returns what to remember of an event that has been stored.</summary>
    /// <param name="added">The event.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="decision">The decision about it.</param>
    /// <param name="kept">What was remembered before.</param>
    public static KeptEvent Keep(NewEvent added, long sequence, RepeatDecision decision, KeptEvent? kept) => new(
        sequence,
        AgeOf(added),
        decision is RepeatDecision.PossibleRepeat && kept is { } before
            ? [before.AgedAt, .. before.Earlier.Take(MaxCopies - 2)]
            : []);

    private static DateTimeOffset AgeOf(NewEvent added) => added.AgedAt ?? added.ReceivedAt;
}
