using CsCheck;
using Scouthook.Inbox.Delivering.Http;

namespace Scouthook.Inbox.Tests.Delivering;

public class HeaderTextTests
{
    private static readonly string Long = new('a', 99);

    public static TheoryData<string, string> Texts => new()
    {
        { "convo.created", "convo.created" },
        { "two words, 100% ~!", "two words, 100% ~!" },
        { " outer", "%20outer" },
        { "outer ", "outer%20" },
        { "größe", "gr%C3%B6%C3%9Fe" },
        { "50% größer", "50%25%20gr%C3%B6%C3%9Fer" },
        { "a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201" },
        { "tab\t", "tab%09" },
        { "del\u007f", "del%7F" },
        { "🔑", "%F0%9F%94%91" },
        { "lone \ud83d", "lone%20%EF%BF%BD" },
        { Long + "bc", Long + "b" },
        { Long + " c", Long },
        { Long + "\u00f6", Long },
        { Long[..97] + "\n", Long[..97] + "%0A" },
        { Long[..97] + "\u00f6", Long[..97] },
        { Long[..94] + "\u00f6z", Long[..94] + "%C3%B6" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_becomes_a_header_value(string text, string expected) =>
        Assert.Equal(expected, HeaderText.Encode(text));

    [Fact]
    public void Value_is_short_and_printable_whatever_the_text() => Gen.String.Sample(text =>
    {
        var value = HeaderText.Encode(text);

        Assert.InRange(value.Length, 0, HeaderText.MaxLength);
        Assert.All(value, it => Assert.InRange(it, ' ', '~'));
        Assert.Equal(value.Trim(), value);
    });

    [Fact]
    public void Truncated_value_still_decodes_to_the_beginning_of_the_text() => Gen.Char['\u00a1', '\ud7ff'].Array[1, 60].Sample(letters =>
    {
        var text = new string(letters);

        Assert.StartsWith(Uri.UnescapeDataString(HeaderText.Encode(text)), text, StringComparison.Ordinal);
    });
}
