namespace Scouthook.Architecture.Tests.Words;

/// <summary>A permitted occurrence.</summary>
/// <param name="File">The file, relative to the root of the repository.</param>
/// <param name="Text">Part of the line on which the occurrence begins.</param>
/// <param name="Reason">Why the word is right there.</param>
internal sealed record WordException(string File, string Text, string Reason);
