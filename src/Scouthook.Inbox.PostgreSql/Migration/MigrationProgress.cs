namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>How far a migration has come.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Done">The rows it has done that with.</param>
/// <param name="Total">All rows.</param>
internal readonly record struct MigrationProgress(MigrationPhase Phase, long Done, long Total);
