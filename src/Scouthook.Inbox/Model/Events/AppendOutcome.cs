namespace Scouthook.Inbox.Model;

/// <summary>The outcome for one event of a batch, once the batch is on stable storage.</summary>
/// <param name="Sequence">The sequence of the event; for a repeat, that of the event stored before.</param>
/// <param name="IsRepeat">It was counted on the event stored before, and not stored again.</param>
/// <param name="IsStale">It is older than the known state of its resource.</param>
/// <param name="IsPossibleRepeat">The same request was stored before, but this may be another event like it.</param>
internal readonly record struct AppendOutcome(long Sequence, bool IsRepeat, bool IsStale, bool IsPossibleRepeat);
