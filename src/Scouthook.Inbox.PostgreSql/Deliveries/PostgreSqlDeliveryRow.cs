using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The columns that <see cref="DeliveryRow"/> reads.</summary>
internal static class PostgreSqlDeliveryRow
{
    public const string Select = $"SELECT {DeliveryRow.Columns}, {PostgreSqlEventRow.TitleIsPreviewColumn} FROM {DeliveryRow.Tables}";
}
