namespace Scouthook.Architecture.Tests.Metadata;

/// <summary>A type of an assembly; nested and compiler-generated types are represented by the outermost type around them.</summary>
internal sealed record TypeName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
