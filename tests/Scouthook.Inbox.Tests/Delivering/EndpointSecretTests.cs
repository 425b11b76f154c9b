using System.Globalization;
using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Inbox.Tests.Delivering;

public class EndpointSecretTests
{
    private static readonly byte[] Body = """{"id":1}"""u8.ToArray();

    public static TheoryData<string?, string> Refused => new()
    {
        { null, "empty" },
        { "", "empty" },
        { " \t ", "empty" },
        { "s3cret\n", "control" },
        { "nul\0byte", "control" },
        { "half \ud83d pair", "Unicode" },
        { "\udc00", "Unicode" },
        { "whsec_", "24 to 64 bytes" },
        { "whsec_not base64", "24 to 64 bytes" },
        { "whsec_" + Convert.ToBase64String(new byte[23]), "24 to 64 bytes" },
        { "whsec_" + Convert.ToBase64String(new byte[65]), "24 to 64 bytes" },
        { "whsec_" + Convert.ToBase64String(new byte[4096]), "24 to 64 bytes" },
        { "whsec_" + Convert.ToBase64String(new byte[25])[..^2], "24 to 64 bytes" },
        { "whsec_" + Convert.ToBase64String(new byte[25])[..^3] + "B==", "24 to 64 bytes" },
        { "whsec_ " + Convert.ToBase64String(new byte[24]), "24 to 64 bytes" },
    };

    [Fact]
    public void Generated_secret_has_38_characters_and_signs_both_headers()
    {
        var secret = EndpointSecret.Generate();

        Assert.StartsWith("whsec_", secret.Text, StringComparison.Ordinal);
        Assert.Equal(38, secret.Text.Length);
        Assert.Equal(24, Convert.FromBase64String(secret.Text[6..]).Length);
        Assert.Equal(secret.Text, secret.StandardText);
        Assert.NotEqual(secret.Text, EndpointSecret.Generate().Text);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(32)]
    [InlineData(64)]
    public void Standard_secret_of_24_to_64_bytes_is_used_unchanged(int bytes)
    {
        var text = "whsec_" + Convert.ToBase64String(Some.Bytes(bytes));

        var secret = SomeDelivery.Secret(text);

        Assert.Equal((text, text), (secret.Text, secret.StandardText));
    }

    [Theory]
    [InlineData("s3cret")]
    [InlineData(" outer blanks ")]
    [InlineData("Schlüssel 🔑")]
    [InlineData("WHSEC_upper case is only a text")]
    public void Any_other_text_signs_as_Help_Scout_does_next_to_a_generated_standard_secret(string text)
    {
        var secret = SomeDelivery.Secret(text);

        Assert.Equal(text, secret.Text);
        Assert.Equal(Scouthook.Signing.HelpScoutSignature.Sign(Body, text), secret.SignHelpScout(Body));
        Assert.Equal(38, secret.StandardText.Length);
        Assert.Equal(
            SomeDelivery.Secret(secret.StandardText).SignStandard("id", 1, Body), secret.SignStandard("id", 1, Body));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Rejected_secret_is_explained_but_not_quoted(string? text, string reason)
    {
        Assert.False(EndpointSecret.TryCreate(text, out var secret, out var problem));

        Assert.Null(secret);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.True(text is null || text.Trim().Length == 0 || text == "whsec_"
            || !problem.Contains(text.Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_is_never_printed()
    {
        var secret = SomeDelivery.Secret("s3cret");

        var printed = string.Create(CultureInfo.InvariantCulture, $"{secret} {new EndpointSecrets(secret).Rotate(null, Some.Instant)}");

        Assert.DoesNotContain("s3cret", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", printed, StringComparison.Ordinal);
    }
}
