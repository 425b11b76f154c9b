namespace Scouthook.Json;

/// <summary>A converter that says which kind of value it reads, which its metadata does not show.</summary>
internal interface IShapedConverter
{
    ValueShape Shape { get; }
}
