namespace Scouthook.TestSupport.Gateways;

/// <summary>One event as stored in the database file; the hash is that of its body, if there is one.</summary>
internal sealed record StoredRow(long Sequence, string Id, string? Hash, long Repeats);
