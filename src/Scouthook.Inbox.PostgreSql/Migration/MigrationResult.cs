namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>A finished migration.</summary>
/// <param name="Location">The database.</param>
/// <param name="StoreId">The identity of the store, which has moved with it.</param>
/// <param name="SchemaBefore">The version of the tables of the old store when it was opened.</param>
/// <param name="Schema">Their version now.</param>
/// <param name="IsResumed">Whether an earlier run had begun.</param>
/// <param name="Tables">The tables.</param>
internal sealed record MigrationResult(
    string Location, Guid StoreId, long SchemaBefore, long Schema, bool IsResumed, IReadOnlyList<MigratedTable> Tables)
{
    public long RowsOf(string table) => Tables.Single(moved => moved.Name == table).Rows;
}
