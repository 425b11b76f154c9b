namespace Scouthook.Json;

/// <summary>A member of an object.</summary>
/// <param name="Shape">The kind of value that is expected.</param>
/// <param name="NeedsValue">Whether it can be neither absent nor null: the ids of resources.</param>
internal sealed record ValueShapeMember(ValueShape Shape, bool NeedsValue);
