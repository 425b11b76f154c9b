namespace Scouthook.Inbox.Model;

/// <summary>What became of one event of a batch, once the batch is on stable storage.</summary>
/// <param name="Sequence">The place of the event in the order of storing; of a repeat, that of the event kept before.</param>
/// <param name="IsRepeat">It was counted on the event kept before, and not stored again.</param>
/// <param name="IsStale">It is older than what was known of its resource.</param>
/// <param name="IsPossibleRepeat">The same request was stored before, but this may be another event like it.</param>
internal readonly record struct AppendOutcome(long Sequence, bool IsRepeat, bool IsStale, bool IsPossibleRepeat);
