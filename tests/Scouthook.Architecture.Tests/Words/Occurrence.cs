namespace Scouthook.Architecture.Tests.Words;

/// <summary>A place where a listed word occurs.</summary>
internal sealed record Occurrence(string File, int Line, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Text}";
}
