using System.Text;
using CsCheck;
using Scouthook.Signing;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Signing;

public class HelpScoutSignatureTests
{
    private const string TestSecret = "scouthook-test-secret-0001";
    private const string A1 = """{"id":4711,"link":"https:\/\/example.com\/a\/b"}""";
    private const string A2 = """{"id":4711,"link":"https://example.com/a/b"}""";
    private const string SignatureOfA1 = "lzbvpgRszmojGm4cUcgkNT4u3J0=";
    private const string SignatureOfA2 = "ocmI0Pb/IF+C+UlidXILFYG0ozE=";
    private const string D1 = """{"id":4711}""";
    private const string SignatureOfD1 = "6SuhMFURWqcm/W0V4MIgWpApEio=";

    // The test vectors of section 3 of the protocol notes, each computed with two independent HMAC implementations.
    public static TheoryData<string, string, int, string> Vectors => new()
    {
        { TestSecret, A1, 48, SignatureOfA1 },
        { TestSecret, A2, 44, SignatureOfA2 },
        { TestSecret, """{"name":"Zo\u00eb \ud83d\ude80"}""", 32, "TfIoLcF6pLLgJoN8Bo7EakrPCSc=" },
        { TestSecret, """{"name":"Zoë 🚀"}""", 20, "nzFUFKIXBu9tiuqSRKqpB8wofjk=" },
        { TestSecret, "{}", 2, "hcyWVvzkQjSEbyTO7vCu/FNI5w0=" },
        { TestSecret, "", 0, "jG1D6cCoPbb31BfATaKxUxov7Qo=" },
        { TestSecret, D1, 11, SignatureOfD1 },
        { TestSecret, D1 + "\n", 12, "455zAv1QP46jmSsSm7weyPCGMHY=" },
        { new string('A', 40), D1, 11, "RziTO686hTYESiwga7Bf0Pt2n2g=" },
        { "clé-secrète", D1, 11, "OUgSv0IzOr0Z05i29aL9C1jMHoE=" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Signing_a_body_returns_the_documented_signature(string secret, string body, int length, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        var signature = HelpScoutSignature.Sign(bytes, secret);

        Assert.Equal(length, bytes.Length);
        Assert.Equal(expected, signature);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Documented_signature_of_a_body_is_valid(string secret, string body, int length, string signature)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        var verification = HelpScoutSignature.Verify(signature, bytes, secret);

        Assert.Equal(length, bytes.Length);
        Assert.Equal(SignatureVerification.Valid, verification);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Signature_of_any_other_vector_is_a_mismatch(string secret, string body, int length, string signature)
    {
        var others = Vectors.Select(row => row.Data).Where(vector => vector.Item1 != secret || vector.Item2 != body).ToList();

        Assert.Equal(Vectors.Count - 1, others.Count);
        Assert.True(length >= 0);
        Assert.All(others, other => Assert.Equal(
            SignatureVerification.Mismatch,
            HelpScoutSignature.Verify(signature, Encoding.UTF8.GetBytes(other.Item2), other.Item1)));
    }

    [Fact]
    public void Reserialized_JSON_does_not_match_the_signature_of_the_original_bytes()
    {
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfA1, A2));
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfA2, A1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" \t \r\n")]
    public void Absent_or_blank_signature_is_missing(string? signature)
    {
        var wellFormed = HelpScoutSignature.IsWellFormed(signature, out var problem);

        Assert.False(wellFormed);
        Assert.Equal(SignatureVerification.Missing, problem);
        Assert.Equal(SignatureVerification.Missing, Verify(signature, D1));
    }

    [Theory]
    [InlineData("e92ba13055115aa726fd6d15e0c2205a9029122a", "the digest in hexadecimal")]
    [InlineData("E92BA13055115AA726FD6D15E0C2205A9029122A", "the digest in upper-case hexadecimal")]
    [InlineData("sha1=e92ba13055115aa726fd6d15e0c2205a9029122a", "the form that the vendor's llms.txt describes")]
    [InlineData("sha1=6SuhMFURWqcm/W0V4MIgWpApEio=", "base64 with an algorithm")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEio", "27 characters: no padding")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEio==", "29 characters")]
    [InlineData("A6SuhMFURWqcm/W0V4MIgWpApEio=", "29 characters")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEi==", "28 characters, but 19 bytes")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEioA", "28 characters, but 21 bytes")]
    [InlineData("6SuhMFURWqcm_W0V4MIgWpApEio=", "a character of base64url")]
    [InlineData("6SuhMFURWqcm-W0V4MIgWpApEio=", "a character of base64url")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEip=", "a last character that no encoder writes")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEir=", "a last character that no encoder writes")]
    [InlineData("6SuhMFURWqcm/ W0V4MIgWpApEio=", "white space inside, 29 characters")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEi =", "white space inside, 28 characters")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpAp\r\n==", "a line break inside, 28 characters")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApE\u00efo=", "a character beyond ASCII")]
    [InlineData("============================", "padding only")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEio=,6SuhMFURWqcm/W0V4MIgWpApEio=", "two signatures joined")]
    [InlineData("\"6SuhMFURWqcm/W0V4MIgWpApEio=\"", "quotes around")]
    public void Signature_in_another_format_is_malformed(string signature, string why)
    {
        var wellFormed = HelpScoutSignature.IsWellFormed(signature, out var problem);

        Assert.False(wellFormed, why);
        Assert.Equal(SignatureVerification.Malformed, problem);
        Assert.Equal(SignatureVerification.Malformed, Verify(signature, D1));
    }

    [Fact]
    public void Hmac_sha256_in_base64_is_malformed()
    {
        var signature = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(TestSecret), Encoding.UTF8.GetBytes(D1)));

        Assert.Equal(SignatureVerification.Malformed, Verify(signature, D1));
    }

    [Fact]
    public void Signature_of_megabytes_is_malformed()
    {
        var signature = new string('A', 5_000_000);

        Assert.Equal(SignatureVerification.Malformed, Verify(signature, D1));
    }

    [Theory]
    [InlineData(" 6SuhMFURWqcm/W0V4MIgWpApEio=")]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEio=\t ")]
    [InlineData("\r\n 6SuhMFURWqcm/W0V4MIgWpApEio= \r\n")]
    public void Whitespace_around_a_signature_is_ignored(string signature)
    {
        Assert.True(HelpScoutSignature.IsWellFormed(signature, out _));
        Assert.Equal(SignatureVerification.Valid, Verify(signature, D1));
    }

    [Fact]
    public void Flipping_any_bit_of_a_body_is_a_mismatch()
    {
        using var secrets = new SigningSecrets(TestSecret);
        var body = Encoding.UTF8.GetBytes(A1);

        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            var flipped = Flip(body, bit);
            Assert.Equal(
                SignatureVerification.Mismatch, HelpScoutSignature.Verify(SignatureOfA1, flipped, secrets));
        }
    }

    [Fact]
    public void Flipping_any_bit_of_a_signature_is_a_mismatch()
    {
        using var secrets = new SigningSecrets(TestSecret);
        var body = Encoding.UTF8.GetBytes(A1);

        for (var bit = 0; bit < 160; bit++)
        {
            var flipped = Convert.ToBase64String(Flip(Convert.FromBase64String(SignatureOfA1), bit));
            Assert.Equal(SignatureVerification.Mismatch, HelpScoutSignature.Verify(flipped, body, secrets));
        }
    }

    [Fact]
    public void Adding_or_dropping_a_byte_of_a_body_is_a_mismatch()
    {
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfD1, D1 + "\n"));
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfD1, D1 + "\0"));
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfD1, "\uFEFF" + D1));
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfD1, D1[..^1]));
        Assert.Equal(SignatureVerification.Mismatch, Verify(SignatureOfD1, ""));
    }

    [Fact]
    public void Any_body_signed_with_any_secret_is_valid() =>
        Gen.Select(Gen.Byte.Array[0, 3_000], Some.Secrets).Sample((body, secret) =>
        {
            var signature = HelpScoutSignature.Sign(body, secret);
            return signature.Length == HelpScoutSignature.Length
                && HelpScoutSignature.Verify(signature, body, secret) == SignatureVerification.Valid;
        });

    [Fact]
    public void Any_body_with_a_bit_flipped_is_a_mismatch() =>
        Gen.Select(Gen.Byte.Array[1, 3_000], Some.Secrets, Gen.UInt).Sample((body, secret, bit) =>
            HelpScoutSignature.Verify(
                HelpScoutSignature.Sign(body, secret),
                Flip(body, (int)(bit % (uint)(body.Length * 8))),
                secret) == SignatureVerification.Mismatch);

    [Fact]
    public void Any_signature_with_a_bit_flipped_is_a_mismatch() =>
        Gen.Select(Gen.Byte.Array[0, 3_000], Some.Secrets, Gen.Int[0, 159]).Sample((body, secret, bit) =>
        {
            var hash = Convert.FromBase64String(HelpScoutSignature.Sign(body, secret));
            var flipped = Convert.ToBase64String(Flip(hash, bit));
            return HelpScoutSignature.Verify(flipped, body, secret) == SignatureVerification.Mismatch;
        });

    [Fact]
    public void Any_text_as_a_signature_returns_a_result() =>
        Gen.String.Sample(signature => Verify(signature, D1)
            is SignatureVerification.Missing or SignatureVerification.Malformed or SignatureVerification.Mismatch);

    [Fact]
    public void Signing_without_a_secret_is_rejected()
    {
        Assert.Throws<ArgumentNullException>(() => HelpScoutSignature.Sign("{}"u8, (SigningSecret)null!));
        Assert.Throws<ArgumentException>(() => HelpScoutSignature.Sign("{}"u8, (string)null!));
    }

    private static SignatureVerification Verify(string? signature, string body) =>
        HelpScoutSignature.Verify(signature, Encoding.UTF8.GetBytes(body), TestSecret);

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
