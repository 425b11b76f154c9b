using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Scouthook.Signing;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>One secret shared with an endpoint: a key for the Help Scout signature, and one for Standard Webhooks.</summary>
/// <remarks>
/// A <c>whsec_</c> secret is both. Any other text is accepted so that an existing receiver works unchanged with its
/// secret; a <c>whsec_</c> secret is generated next to it. Not a record, because records print their members.
/// </remarks>
internal sealed class EndpointSecret
{
    private readonly SigningSecret _helpScout;
    private readonly byte[] _standardKey;

    private EndpointSecret(string text, string standardText, byte[] standardKey)
    {
        Text = text;
        StandardText = standardText;
        _helpScout = new SigningSecret(text);
        _standardKey = standardKey;
    }

    /// <summary>The secret whose UTF-8 bytes are the key of the Help Scout signature.</summary>
    public string Text { get; }

    /// <summary>The <c>whsec_</c> secret whose decoded bytes are the key of the Standard Webhooks signature.</summary>
    public string StandardText { get; }

    /// <summary>Generates a secret for both signatures: 38 characters, which Help Scout would also accept.</summary>
    public static EndpointSecret Generate()
    {
        var text = StandardSecretText.New();
        return new EndpointSecret(text, text, StandardSecretText.KeyOf(text)!);
    }

    /// <summary>Parses a secret given by a user.</summary>
    /// <param name="text">The secret.</param>
    /// <param name="secret">The secret, ready to sign.</param>
    /// <param name="problem">The problem with the text; never quotes it.</param>
    public static bool TryCreate(
        string? text, [NotNullWhen(true)] out EndpointSecret? secret, [NotNullWhen(false)] out string? problem) =>
        TryCreate(text, null, out secret, out problem);

    /// <summary>Restores a stored secret together with the <c>whsec_</c> secret generated next to it.</summary>
    public static bool TryCreate(
        string? text,
        string? standardText,
        [NotNullWhen(true)] out EndpointSecret? secret,
        [NotNullWhen(false)] out string? problem)
    {
        secret = null;
        problem = ProblemOf(text);
        if (problem is not null)
        {
            return false;
        }

        standardText = StandardSecretText.IsMeant(text!) ? text : standardText ?? StandardSecretText.New();
        if (StandardSecretText.KeyOf(standardText!) is not { } key)
        {
            problem = "A secret that starts with whsec_ must continue with 24 to 64 bytes in base64. "
                + "Omit it to generate one.";
            return false;
        }

        secret = new EndpointSecret(text!, standardText!, key);
        return true;
    }

    public string SignHelpScout(ReadOnlySpan<byte> body) => HelpScoutSignature.Sign(body, _helpScout);

    public string SignStandard(string id, long timestamp, ReadOnlySpan<byte> body) =>
        StandardWebhooksSignature.Sign(id, timestamp, body, _standardKey);

    /// <summary>Returns a fingerprint, never the secret.</summary>
    public override string ToString() => _helpScout.ToString();

    private static string? ProblemOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "The secret must not be empty. Omit it to generate one.";
        }

        if (text.Any(char.IsControl))
        {
            return "The secret must not contain line breaks or other control characters.";
        }

        return IsWellFormed(text) ? null : "The secret is not valid Unicode text.";
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != OperationStatus.Done)
            {
                return false;
            }

            text = text[used..];
        }

        return true;
    }
}
