namespace Scouthook.Handling;

/// <summary>The occurrences summarised in one log line.</summary>
/// <param name="Counts">The number of occurrences, by reason.</param>
/// <param name="Detail">Details of the newest one.</param>
internal sealed record LogSummary(IReadOnlyDictionary<string, long> Counts, object? Detail)
{
    public long Total => Counts.Values.Sum();

    /// <summary>
    /// Returns the reasons, the most frequent first: <c>12 signature_mismatch, 3 signature_missing</c>.
    /// </summary>
    public override string ToString() => string.Join(
        ", ",
        Counts.OrderByDescending(reason => reason.Value)
            .ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => $"{reason.Value} {reason.Key}"));
}
