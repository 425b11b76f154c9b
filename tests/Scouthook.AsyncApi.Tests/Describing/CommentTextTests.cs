using System.Xml.Linq;
using Scouthook.AsyncApi.Describing;

namespace Scouthook.AsyncApi.Tests.Describing;

public sealed class CommentTextTests
{
    [Theory]
    [InlineData("<c>convo.tags</c> and\n   more.", "`convo.tags` and more.")]
    [InlineData("In <see cref=\"T:A.Person\"/>.", "In `T:A.Person!`.")]
    [InlineData("Is <see langword=\"true\"/>.", "Is `true`.")]
    [InlineData("<c>/webhooks/objects/message</c>",
        "[/webhooks/objects/message](https://developer.helpscout.com/webhooks/objects/message)")]
    [InlineData("<c>/v2/conversations/&lt;id&gt;</c>", "`/v2/conversations/<id>`")]
    public void Comment_becomes_Markdown(string comment, string markdown) => Assert.Equal(
        markdown,
        CommentText.ToMarkdown(
            XElement.Parse($"<summary>\n {comment}\n</summary>", LoadOptions.PreserveWhitespace), name => name + "!"));

    [Fact]
    public void Markup_without_a_rule_is_not_dropped_silently() => Assert.Throws<NotSupportedException>(
        () => CommentText.ToMarkdown(XElement.Parse("<summary><paramref name=\"x\"/></summary>"), name => name));
}
