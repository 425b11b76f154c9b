using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The columns that <see cref="EventRow"/> reads.</summary>
internal static class SqliteEventRow
{
    /// <summary>
    /// True if a title was taken from a message text; for events stored before that was recorded, whether it may have
    /// been.
    /// </summary>
    public const string TitleIsPreviewColumn = "coalesce(e.title_is_preview, e.resource_kind IN (1, 3, 4), 0)";

    public const string Select = $"SELECT {EventRow.Columns}, {TitleIsPreviewColumn} FROM {EventRow.Tables}";
}
