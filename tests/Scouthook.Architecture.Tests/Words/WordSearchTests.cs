using System.Text.RegularExpressions;

namespace Scouthook.Architecture.Tests.Words;

public sealed class WordSearchTests
{
    [Theory]
    [InlineData("The gateway goes on.", 1)]
    [InlineData("first line\nIt Goes on from here.", 2)]
    [InlineData("/// <summary>It goes\n    /// on.</summary>", 1)]
    [InlineData("-- It goes\n-- on.", 1)]
    [InlineData("var text = \"it goes \"\n    + $\"on with {x}\";", 1)]
    public void Word_is_found_on_the_line_where_it_begins(string text, int line)
    {
        var occurrence = Assert.Single(WordSearch.Find(new Word("goes on", ""), RegexOptions.IgnoreCase, "file", text));

        Assert.Equal(line, occurrence.Line);
    }

    [Theory]
    [InlineData("It goes only so far.")]
    [InlineData("It undergoes one change.")]
    [InlineData("goes_on")]
    public void Part_of_another_word_is_not_found(string text) =>
        Assert.Empty(WordSearch.Find(new Word("goes on", ""), RegexOptions.IgnoreCase, "file", text));

    [Fact]
    public void Name_is_matched_case_sensitively()
    {
        var occurrence = Assert.Single(WordSearch.Find(new Word("Latch", ""), RegexOptions.None, "file", "a latch\nnew Latch()"));

        Assert.Equal(new Occurrence("file", 2, "new Latch()"), occurrence);
    }
}
