using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The columns that <see cref="DeliveryRow"/> reads.</summary>
internal static class SqliteDeliveryRow
{
    public const string Select = $"SELECT {DeliveryRow.Columns}, {SqliteEventRow.TitleIsPreviewColumn} FROM {DeliveryRow.Tables}";
}
