using System.Globalization;
using System.Text.RegularExpressions;
using Scouthook.Signing;
using Xunit;

namespace Scouthook.Tests.Signing;

public partial class SigningSecretTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\t\r\n")]
    public void Empty_secret_is_rejected_with_advice(string? value)
    {
        var exception = Assert.Throws<ArgumentException>(() => new SigningSecret(value!));

        Assert.Contains("must not be empty", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Enter the webhook secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_that_is_not_valid_Unicode_is_rejected_without_quoting_it()
    {
        var exception = Assert.Throws<ArgumentException>(() => new SigningSecret("hush-hush\ud800-more"));

        Assert.DoesNotContain("hush", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("D800", exception.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(exception.InnerException);
    }

    [Theory]
    [InlineData("hush-hush")]
    // Not hexadecimal digits: a fingerprint of eight digits may contain any of those by chance.
    [InlineData("z")]
    [InlineData("0123456789abcdef")]
    [InlineData("clé-secrète")]
    public void Secret_is_shown_only_as_a_fingerprint(string value)
    {
        var secret = new SigningSecret(value, DateTimeOffset.UnixEpoch);

        Assert.Matches(EightHexadecimalDigits(), secret.Fingerprint);
        Assert.Equal($"secret {secret.Fingerprint}", secret.ToString());
        Assert.Equal(secret.ToString(), string.Create(CultureInfo.InvariantCulture, $"{secret}"));
        Assert.DoesNotContain(value, secret.ToString()["secret".Length..], StringComparison.Ordinal);
    }

    [Fact]
    public void Public_members_of_a_secret_never_reveal_its_text()
    {
        var secret = new SigningSecret("hush-hush", DateTimeOffset.UnixEpoch);

        var shown = typeof(SigningSecret).GetProperties().Select(property => $"{property.GetValue(secret)}");

        Assert.All(shown, text => Assert.DoesNotContain("hush", text, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", System.Text.Json.JsonSerializer.Serialize(secret), StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprints_distinguish_secrets()
    {
        var one = new SigningSecret("one");

        Assert.Equal(one.Fingerprint, new SigningSecret("one", DateTimeOffset.UnixEpoch).Fingerprint);
        Assert.NotEqual(one.Fingerprint, new SigningSecret("two").Fingerprint);
    }

    [Fact]
    public void Fingerprint_is_not_a_plain_hash_of_the_secret()
    {
        var plain = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("one"u8));

        Assert.NotEqual(plain[..8], new SigningSecret("one").Fingerprint);
    }

    [Fact]
    public void Secret_without_an_expiry_is_always_live()
    {
        var secret = new SigningSecret("one");

        Assert.Null(secret.ExpiresAt);
        Assert.True(secret.IsLive(DateTimeOffset.MinValue));
        Assert.True(secret.IsLive(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Secret_is_live_until_just_before_it_expires()
    {
        var end = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(2));
        var secret = new SigningSecret("one", end);

        Assert.True(secret.IsLive(end.AddTicks(-1)));
        Assert.False(secret.IsLive(end));
        Assert.False(secret.IsLive(end.ToUniversalTime()));
    }

    [GeneratedRegex("^[0-9a-f]{8}$")]
    private static partial Regex EightHexadecimalDigits();
}
