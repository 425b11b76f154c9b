using Scouthook.Inbox.Delivering.Http;

namespace Scouthook.Inbox.Tests.Delivering;

public class WebhookRequestBuilderTests
{
    [Theory]
    [InlineData("[]", null)]
    [InlineData("""[["Content-Type","application/json"]]""", null)]
    [InlineData("""[["X-Note","Content-Encoding"]]""", null)]
    [InlineData("""[["Content-Encoding",""]]""", null)]
    [InlineData("""[["Host","a"],["content-encoding","gzip"]]""", "gzip")]
    [InlineData("""[["Content-Encoding","gzip"],["Content-Encoding","br"]]""", "gzip, br")]
    public void Header_is_found_by_its_name_in_any_letter_case(string headers, string? expected) =>
        Assert.Equal(expected, WebhookRequestBuilder.FindHeader(headers, "Content-Encoding"));
}
