namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Converts a time to a sequence.</summary>
/// <remarks>
/// Requests that are committed together were not received in exactly the order of their sequences, and clocks are
/// adjusted. So a bound is taken over the 20,000 events received closest to the time.
/// </remarks>
internal static class SqliteReceipts
{
    /// <summary>The lowest sequence that an event received since <c>@time</c> may have.</summary>
    public const string First =
        $"""
        SELECT min(sequence) FROM (
          SELECT sequence FROM (
            SELECT sequence FROM event INDEXED BY event_by_receipt
            WHERE {SqliteLaterIndexes.Contain} AND received_at >= @time ORDER BY received_at LIMIT 20000)
          UNION ALL
          SELECT sequence FROM event WHERE sequence > ({SqliteLaterIndexes.Through}) AND received_at >= @time)
        """;

    /// <summary>The highest sequence that an event received before <c>@time</c> may have.</summary>
    public const string Last =
        $"""
        SELECT max(sequence) FROM (
          SELECT sequence FROM (
            SELECT sequence FROM event INDEXED BY event_by_receipt
            WHERE {SqliteLaterIndexes.Contain} AND received_at < @time ORDER BY received_at DESC LIMIT 20000)
          UNION ALL
          SELECT sequence FROM event WHERE sequence > ({SqliteLaterIndexes.Through}) AND received_at < @time)
        """;
}
