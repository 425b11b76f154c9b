namespace Scouthook.Testing;

/// <summary>The destination of a merged conversation.</summary>
/// <param name="SurvivingId">The conversation that has its threads now.</param>
/// <param name="MergedAt">The time of the merge.</param>
internal sealed record MergedConversation(long SurvivingId, DateTimeOffset MergedAt);
