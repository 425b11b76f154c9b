using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class ViewerTextTests
{
    [Theory]
    [InlineData("https://a.example.com/x?token=1", "https://a.example.com")]
    [InlineData("HTTPS://user:pass@a.example.com:8443/x", "https://a.example.com:8443")]
    [InlineData("wss://a.example.com/socket/t0ken", "wss://a.example.com")]
    [InlineData("ws://a.example.com/socket", "ws://a.example.com")]
    [InlineData("ftp://user:pass@a.example.com/file", "ftp://a.example.com")]
    [InlineData("custom+app://a.example.com/t0ken", "custom+app://a.example.com")]
    [InlineData("//a.example.com/t0ken", "//a.example.com")]
    [InlineData("file:///home/ann/t0ken", "(an address)")]
    [InlineData("http://:/t0ken", "(an address)")]
    [InlineData("https://a.example.com/it's/t0ken", "https://a.example.com")]
    public void URL_of_any_scheme_is_reduced_to_its_host(string url, string shown)
    {
        Assert.Equal(shown, ViewerText.Mask(url));
        Assert.Equal($"see '{shown}' or ({shown} now", ViewerText.Mask($"see '{url}' or ({url} now"));
    }

    [Theory]
    [InlineData("Order 1 / 2 // 3: and/or")]
    [InlineData("C:\\temp, a:b, 24/7")]
    public void Other_text_is_unchanged(string text) => Assert.Equal(text, ViewerText.Mask(text));
}
