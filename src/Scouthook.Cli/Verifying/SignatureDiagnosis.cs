using System.Text;
using System.Text.Json;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Cli.Verifying;

/// <summary>Explains why a signature does not match, by trying common mistakes.</summary>
/// <remarks>The explanation never contains the secret or any part of the body.</remarks>
internal static class SignatureDiagnosis
{
    private const int HexLength = 40;
    private const int Sha256Base64Length = 44;

    public static string Explain(string signature, byte[] body, string secret)
    {
        var text = signature.Trim();
        return ExplainForm(text, body, secret) ?? ExplainBody(text, body, secret) ?? (body.Length == 0
            ? "The body is empty. Is this the right file or pipe?"
            : "Either the secret is wrong, or the body is not byte for byte what was signed. Compare the secret "
                + "with the one entered in Help Scout, and capture the body before anything parses or reformats it.");
    }

    private static string? ExplainForm(string text, byte[] body, string secret)
    {
        if (text.Length == 0)
        {
            return "Pass the value of the header X-HelpScout-Signature: 28 characters that end with '='.";
        }

        if (text.StartsWith("sha1=", StringComparison.OrdinalIgnoreCase))
        {
            return "Help Scout does not use a 'sha1=' prefix; it sends plain base64: 28 characters that end with '='.";
        }

        if (text.Length == HexLength && text.All(char.IsAsciiHexDigit))
        {
            return Fits(Convert.ToBase64String(Convert.FromHexString(text)), body, secret)
                ? "This is the correct hash, but in hexadecimal. Help Scout sends base64: 28 characters that end with '='."
                : "This is a hexadecimal digest. Help Scout sends base64: 28 characters that end with '='.";
        }

        if (text.Length is Sha256Base64Length or 64)
        {
            return "This has the length of HMAC-SHA256. Help Scout signs with HMAC-SHA1: 28 characters of base64.";
        }

        if (HelpScoutSignature.IsWellFormed(text, out _))
        {
            return null;
        }

        var standard = text.Replace('-', '+').Replace('_', '/').TrimEnd('=') + "=";
        return Fits(standard, body, secret)
            ? "This is the correct hash, but not in standard base64, which uses '+' and '/' and ends with '='."
            : $"A signature is base64 of 20 bytes: 28 characters that end with '='. This one has {text.Length}.";
    }

    private static string? ExplainBody(string text, byte[] body, string secret)
    {
        var trimmed = secret.Trim();
        if (trimmed.Length != secret.Length && trimmed.Length > 0 && Fits(text, body, trimmed))
        {
            return "It matches without the whitespace around the secret.";
        }

        foreach (var (changed, hint) in Variants(body))
        {
            if (changed is not null && Fits(text, changed, secret))
            {
                return hint;
            }
        }

        return null;
    }

    private static IEnumerable<(byte[]? Body, string Hint)> Variants(byte[] body)
    {
        yield return (
            WithoutLineBreak(body),
            "It matches without the line break at the end of the body, which was not signed. Editors and echo add one; printf does not.");
        yield return (
            [.. body, (byte)'\n'],
            "It matches with a line break at the end of the body, which was signed, perhaps because of echo.");
        yield return (
            body.AsSpan().StartsWith(Utf8Bom) ? body[Utf8Bom.Length..] : null,
            "It matches without the byte order mark at the start of the body, which was not signed.");
        yield return (
            Rewritten(body),
            "The JSON was rewritten: it matches once slashes are \\/ and non-ASCII characters are \\uXXXX, as Help Scout writes them. "
                + "Verify the raw bytes, before anything parses them.");
        yield return (
            Replaced(body, "\r\n", "\n"),
            "It matches with \\n instead of \\r\\n as line breaks: something converted them on the way.");
        yield return (
            Replaced(Replaced(body, "\r\n", "\n"), "\n", "\r\n"),
            "It matches with \\r\\n instead of \\n as line breaks: something converted them on the way.");
    }

    private static ReadOnlySpan<byte> Utf8Bom => [0xEF, 0xBB, 0xBF];

    private static byte[]? WithoutLineBreak(byte[] body) => body switch
    {
        [.. var rest, (byte)'\r', (byte)'\n'] => rest,
        [.. var rest, (byte)'\n'] => rest,
        _ => null,
    };

    private static byte[]? Rewritten(byte[] body)
    {
        try
        {
            return PhpJson.Rewrite(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Latin-1 maps every byte to one character and back, so this replaces bytes.
    private static byte[] Replaced(byte[] body, string from, string to) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(from, to, StringComparison.Ordinal));

    private static bool Fits(string signature, byte[] body, string secret) =>
        HelpScoutSignature.Verify(signature, body, secret) is SignatureVerification.Valid;
}
