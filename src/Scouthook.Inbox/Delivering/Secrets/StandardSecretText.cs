using System.Security.Cryptography;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>The form of Standard Webhooks secrets: <c>whsec_</c> and the base64 form of 24 to 64 bytes.</summary>
internal static class StandardSecretText
{
    private const string Prefix = "whsec_";

    private const int GeneratedBytes = 24;
    private const int FewestBytes = 24;
    private const int MaxBytes = 64;

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(GeneratedBytes));

    /// <summary>
    /// Returns whether a text is meant as such a secret; a mistyped one is then rejected, not accepted as another kind
    /// of secret.
    /// </summary>
    public static bool IsMeant(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns the bytes to sign with; <see langword="null"/> if the text has another form.</summary>
    public static byte[]? KeyOf(string text)
    {
        if (!IsMeant(text))
        {
            return null;
        }

        Span<byte> key = stackalloc byte[MaxBytes];
        var encoded = text[Prefix.Length..];

        // Encoded again, so that neither blanks nor stray bits make two spellings of one secret.
        return Convert.TryFromBase64String(encoded, key, out var count)
            && count >= FewestBytes
            && Convert.ToBase64String(key[..count]) == encoded
                ? key[..count].ToArray()
                : null;
    }
}
