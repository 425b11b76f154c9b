namespace Scouthook.Json;

/// <summary>The kinds of value that a member of a payload can have.</summary>
internal enum ValueKind
{
    /// <summary>Any JSON, kept unchanged.</summary>
    Any,
    Text,
    Int32,
    Int64,
    Boolean,
    Instant,
    Object,
    List,
    Map,
}
