namespace Scouthook.Inbox.Rules;

/// <summary>The newest stored event with the same deduplication key.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="AgedAt">The age clock when it was received.</param>
/// <param name="Earlier">
/// The age clock when earlier copies with this key were received, as far back as <see cref="RepeatRule"/> needs them.
/// </param>
internal readonly record struct KeptEvent(long Sequence, DateTimeOffset AgedAt, IReadOnlyList<DateTimeOffset> Earlier);
