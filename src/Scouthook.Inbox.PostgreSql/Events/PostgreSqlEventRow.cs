using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The columns that <see cref="EventRow"/> reads.</summary>
internal static class PostgreSqlEventRow
{
    /// <summary>True if a title was taken from a message text.</summary>
    public const string TitleIsPreviewColumn = "e.title_is_preview";

    public const string Select = $"SELECT {EventRow.Columns}, {TitleIsPreviewColumn} FROM {EventRow.Tables}";
}
