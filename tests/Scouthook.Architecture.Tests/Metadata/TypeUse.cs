namespace Scouthook.Architecture.Tests.Metadata;

/// <summary>One type uses another one of the same assembly.</summary>
internal sealed record TypeUse(TypeName From, TypeName To);
