namespace Scouthook.Inbox.Storage.Sqlite.Export;

/// <summary>The type of the values of an exported column.</summary>
internal enum ExportKind
{
    /// <summary>A number of 64 bits.</summary>
    Int64,

    /// <summary>A number of 32 bits.</summary>
    Int32,

    /// <summary>A number of 16 bits.</summary>
    Int16,

    /// <summary>A number, 0 or 1.</summary>
    Boolean,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>The 16 bytes of a UUID, big-endian.</summary>
    Guid,
}
