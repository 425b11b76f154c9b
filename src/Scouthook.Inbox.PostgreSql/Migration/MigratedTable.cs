namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>A table that has been moved, and found equal in both stores.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">The number of its rows.</param>
/// <param name="Hash">A hash of all rows, whatever their order.</param>
internal sealed record MigratedTable(string Name, long Rows, string Hash);
