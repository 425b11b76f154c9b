namespace Scouthook.Events;

/// <summary>A customer rated a reply. Whether a changed rating is sent again is not documented.</summary>
public sealed record SatisfactionRatingReceived : RatingEvent;
