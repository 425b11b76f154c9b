namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>The part of a migration that is running.</summary>
internal enum MigrationPhase
{
    Copying,

    Verifying,
}
