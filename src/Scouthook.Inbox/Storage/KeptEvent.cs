namespace Scouthook.Inbox.Storage;

/// <summary>The newest stored event with the same deduplication key.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Earlier">When earlier copies with this key were received, as far back as <see cref="RepeatRule"/> needs them.</param>
internal readonly record struct KeptEvent(long Sequence, DateTimeOffset ReceivedAt, IReadOnlyList<DateTimeOffset> Earlier);
