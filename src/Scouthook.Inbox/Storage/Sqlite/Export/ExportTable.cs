namespace Scouthook.Inbox.Storage.Sqlite.Export;

/// <summary>A table as it is exported: what it holds, in the order of its key.</summary>
/// <param name="Name">Its name, the same in every store.</param>
/// <param name="Source">The rest of the query after the list of columns.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record ExportTable(string Name, string Source, params IReadOnlyList<ExportColumn> Columns)
{
    /// <summary>The column whose numbers the store assigns and never reuses; <see langword="null"/> if it assigns none.</summary>
    public string? Numbered { get; init; }

    /// <summary>The query for the rows after the first <c>?1</c> ones.</summary>
    public string Query => $"SELECT {string.Join(", ", Columns.Select(column => column.Expression))} {Source} LIMIT -1 OFFSET ?1";
}
