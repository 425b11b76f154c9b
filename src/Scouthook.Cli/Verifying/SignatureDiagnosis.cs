using System.Text;
using System.Text.Json;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Cli.Verifying;

/// <summary>Says why a signature does not fit, by trying what people usually get wrong.</summary>
/// <remarks>It never tells the secret, nor what the body holds.</remarks>
internal static class SignatureDiagnosis
{
    private const int HexLength = 40;
    private const int Sha256Base64Length = 44;

    public static string Explain(string signature, byte[] body, string secret)
    {
        var text = signature.Trim();
        return ExplainForm(text, body, secret) ?? ExplainBody(text, body, secret) ?? (body.Length == 0
            ? "The body is empty: nothing came in. Was the right file or pipe given?"
            : "Either the secret is another one, or the body is not byte for byte what was signed. Compare the secret "
                + "with the one entered at Help Scout, and keep the body before anything parses or prints it.");
    }

    private static string? ExplainForm(string text, byte[] body, string secret)
    {
        if (text.Length == 0)
        {
            return "Give the value of the header X-HelpScout-Signature: 28 characters that end with '='.";
        }

        if (text.StartsWith("sha1=", StringComparison.OrdinalIgnoreCase))
        {
            return "The 'sha1=' prefix is another product's form. Help Scout sends bare base64: 28 characters that end with '='.";
        }

        if (text.Length == HexLength && text.All(char.IsAsciiHexDigit))
        {
            return Fits(Convert.ToBase64String(Convert.FromHexString(text)), body, secret)
                ? "This is the right hash written in hexadecimal. Help Scout writes it in base64: 28 characters that end with '='."
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
            ? "This is the right hash, but not in standard base64: the alphabet has '+' and '/', and '=' ends it."
            : $"A signature is base64 of 20 bytes: 28 characters that end with '='. This one has {text.Length}.";
    }

    private static string? ExplainBody(string text, byte[] body, string secret)
    {
        var trimmed = secret.Trim();
        if (trimmed.Length != secret.Length && trimmed.Length > 0 && Fits(text, body, trimmed))
        {
            return "It fits without the white space around the secret.";
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
            "It fits without the line break at the end of the body, which was not signed. Editors and echo add one; printf does not.");
        yield return (
            [.. body, (byte)'\n'],
            "It fits with a line break at the end of the body: whoever signed had one, perhaps from echo.");
        yield return (
            body.AsSpan().StartsWith(Utf8Bom) ? body[Utf8Bom.Length..] : null,
            "It fits without the byte order mark at the start of the body, which was not signed.");
        yield return (
            Rewritten(body),
            "The JSON was written again: it fits once slashes are \\/ and non-ASCII is \\uXXXX, as Help Scout writes them. "
                + "Verify the raw bytes, before anything parses them.");
        yield return (
            Replaced(body, "\r\n", "\n"),
            "It fits with line breaks of \\n instead of \\r\\n: something converted them on the way.");
        yield return (
            Replaced(Replaced(body, "\r\n", "\n"), "\n", "\r\n"),
            "It fits with line breaks of \\r\\n instead of \\n: something converted them on the way.");
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
