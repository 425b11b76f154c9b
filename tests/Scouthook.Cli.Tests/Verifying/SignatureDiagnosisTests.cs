using System.Text;
using Scouthook.Cli.Verifying;
using Scouthook.Signing;

namespace Scouthook.Cli.Tests.Verifying;

public sealed class SignatureDiagnosisTests
{
    private const string Secret = "scouthook-test-secret-0001";
    private const string Body = "{\"id\":4711}";
    private const string Signature = "6SuhMFURWqcm/W0V4MIgWpApEio=";

    [Theory]
    [InlineData("without the line break at the end", Body + "\n", Signature)]
    [InlineData("without the line break at the end", Body + "\r\n", Signature)]
    [InlineData("with a line break at the end", Body, "455zAv1QP46jmSsSm7weyPCGMHY=")]
    [InlineData("byte order mark", "\ufeff" + Body, Signature)]
    [InlineData("JSON was rewritten", @"{""id"":4711,""link"":""https://example.com/a/b""}", "lzbvpgRszmojGm4cUcgkNT4u3J0=")]
    [InlineData("JSON was rewritten", "{\"name\":\"Zoë 🚀\"}", "TfIoLcF6pLLgJoN8Bo7EakrPCSc=")]
    [InlineData("JSON was rewritten", "{\n  \"id\": 4711\n}", Signature)]
    [InlineData("correct hash, but in hexadecimal", Body, "e92ba13055115aa726fd6d15e0c2205a9029122a")]
    [InlineData("This is a hexadecimal digest", Body, "e39e7302fd503f8ea3992b129bbc1ec8f0863076")]
    [InlineData("'sha1=' prefix", Body, "sha1=e92ba13055115aa726fd6d15e0c2205a9029122a")]
    [InlineData("HMAC-SHA256", Body, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("not in standard base64", Body, "6SuhMFURWqcm_W0V4MIgWpApEio")]
    [InlineData("28 characters that end with '='", Body, "abc")]
    [InlineData("28 characters that end with '='", Body, "")]
    [InlineData("the secret is wrong", Body, "RziTO686hTYESiwga7Bf0Pt2n2g=")]
    [InlineData("The body is empty", "", Signature)]
    public void Common_mistake_is_recognised(string expected, string body, string signature)
    {
        Assert.Contains(expected, SignatureDiagnosis.Explain(signature, Encoding.UTF8.GetBytes(body), Secret), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":4711,\r\n\"a\":2}", "{\"id\":4711,\n\"a\":2}", "with \\r\\n instead of")]
    [InlineData("{\"id\":4711,\n\"a\":2}", "{\"id\":4711,\r\n\"a\":2}", "with \\n instead of")]
    public void Converted_line_breaks_are_recognised(string sent, string received, string expected)
    {
        var signature = HelpScoutSignature.Sign(Encoding.UTF8.GetBytes(sent), Secret);

        Assert.Contains(expected, SignatureDiagnosis.Explain(signature, Encoding.UTF8.GetBytes(received), Secret), StringComparison.Ordinal);
    }

    [Fact]
    public void Whitespace_around_the_secret_is_recognised()
    {
        Assert.Contains(
            "whitespace around the secret",
            SignatureDiagnosis.Explain(Signature, Encoding.UTF8.GetBytes(Body), Secret + "\n"),
            StringComparison.Ordinal);
    }
}
