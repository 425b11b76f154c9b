namespace Scouthook.Architecture.Tests.Words;

/// <summary>A word to replace.</summary>
/// <param name="Pattern">A regular expression; a space matches any gap between two words, including line breaks.</param>
/// <param name="Better">What to write instead.</param>
internal sealed record Word(string Pattern, string Better);
