using Scouthook.Management.Dashboard.Components.Controls;

namespace Scouthook.Management.Tests;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("1518036", "1518036")]
    [InlineData(" #1518036 ", "1518036")]
    [InlineData("https://secure.helpscout.net/conversation/3754839213/1518264?folderId=7", "3754839213")]
    [InlineData("https://secure.helpscout.net/conversation/3754839213", "3754839213")]
    [InlineData("#1 priority", "#1 priority")]
    [InlineData("#", "#")]
    [InlineData("ana@example.com", "ana@example.com")]
    [InlineData("https://example.com/conversation/about", "https://example.com/conversation/about")]
    [InlineData(null, null)]
    public void What_is_copied_from_Help_Scout_is_searched_by_its_number(string? entered, string? searched) =>
        Assert.Equal(searched, SearchText.Read(entered));
}
