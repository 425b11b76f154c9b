using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Tests.CommandLine;

public sealed class ProseTests
{
    [Theory]
    [InlineData("Short enough.", "Short enough.")]
    [InlineData("Words are broken at blanks only.", "Words are broken|at blanks only.")]
    [InlineData("  401: Check that the secret is right.", "  401: Check that|  the secret is|  right.")]
    [InlineData("To see it, run scouthook keys.", "To see it, run|scouthook keys.")]
    [InlineData("Use scouthook keys, or ask.", "Use|scouthook keys, or|ask.")]
    [InlineData("scouthook keys: It failed.", "scouthook keys: It|failed.")]
    [InlineData("See http://127.0.0.1:5000/webhook now.", "See|http://127.0.0.1:5000/webhook|now.")]
    [InlineData("Run scouthook endpoints test crm.", "Run scouthook|endpoints test|crm.")]
    [InlineData("The first line.|The second, longer line.", "The first line.|The second, longer|line.")]
    public void Text_is_broken_between_words_and_commands_stay_whole(string text, string expected) =>
        Assert.Equal(Lines(expected), Prose.Wrap(Lines(text), 18));

    [Fact]
    public void Continued_lines_start_below_the_text() =>
        Assert.Equal(Lines("00:14:02  Not|          connected"), Prose.Wrap("00:14:02  Not connected", 19, LocalTime.Column));

    private static string Lines(string text) => text.Replace("|", Environment.NewLine, StringComparison.Ordinal);
}
