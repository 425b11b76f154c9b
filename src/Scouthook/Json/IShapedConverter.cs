namespace Scouthook.Json;

/// <summary>A converter that declares the kind of value it reads, which its metadata does not show.</summary>
internal interface IShapedConverter
{
    ValueShape Shape { get; }
}
