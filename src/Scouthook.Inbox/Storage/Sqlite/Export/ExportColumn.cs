namespace Scouthook.Inbox.Storage.Sqlite.Export;

/// <summary>A column of an exported table.</summary>
/// <param name="Name">Its name, the same in every store.</param>
/// <param name="Kind">The type of its values.</param>
/// <param name="Expression">Its value, in SQL of this store.</param>
internal sealed record ExportColumn(string Name, ExportKind Kind, string Expression)
{
    public static ExportColumn Int64(string name, string? expression = null) => new(name, ExportKind.Int64, expression ?? name);

    public static ExportColumn Int32(string name, string? expression = null) => new(name, ExportKind.Int32, expression ?? name);

    public static ExportColumn Int16(string name) => new(name, ExportKind.Int16, name);

    public static ExportColumn Boolean(string name, string? expression = null) => new(name, ExportKind.Boolean, expression ?? name);

    public static ExportColumn Text(string name, string? expression = null) => new(name, ExportKind.Text, expression ?? name);

    public static ExportColumn Bytes(string name) => new(name, ExportKind.Bytes, name);

    public static ExportColumn Guid(string name) => new(name, ExportKind.Guid, name);
}
