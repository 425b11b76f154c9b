using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Scouthook.Signing;

/// <summary>
/// Creates and verifies the signature of a Help Scout webhook: base64 of HMAC-SHA1 over the raw body.
/// </summary>
/// <remarks>
/// Help Scout signs the bytes it sends. Parsing and serializing the JSON, even without a visible change, breaks the
/// signature; so no method here accepts a parsed object. Only the body is signed: not the event name, not a time.
/// Source: <c>https://developer.helpscout.com/webhooks</c>.
/// </remarks>
public static class HelpScoutSignature
{
    /// <summary>The length of a signature in characters, padding included.</summary>
    public const int Length = 28;

    /// <summary>Signs a body as Help Scout does.</summary>
    /// <param name="body">The exact bytes that will be sent.</param>
    /// <param name="secret">The secret of the webhook.</param>
    /// <returns>The value of the <c>X-HelpScout-Signature</c> header: 28 characters.</returns>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what Help Scout signs with.")]
    public static string Sign(ReadOnlySpan<byte> body, SigningSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);

        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret.Key, body, hash);
        return Convert.ToBase64String(hash);
    }

    /// <summary>Signs a body the way Help Scout does. For repeated calls keep a <see cref="SigningSecret"/>.</summary>
    /// <param name="body">The exact bytes that will be sent.</param>
    /// <param name="secret">The secret of the webhook.</param>
    /// <returns>The value of the <c>X-HelpScout-Signature</c> header: 28 characters.</returns>
    /// <exception cref="ArgumentException">The secret is empty, only whitespace, or not valid Unicode.</exception>
    public static string Sign(ReadOnlySpan<byte> body, string secret) => Sign(body, new SigningSecret(secret));

    /// <summary>Checks that a request body was signed with a secret this receiver trusts.</summary>
    /// <param name="signature">
    /// The <c>X-HelpScout-Signature</c> header, or <see langword="null"/> if there was none. Surrounding whitespace is
    /// ignored.
    /// </param>
    /// <param name="body">The body exactly as received.</param>
    /// <param name="secrets">The trusted secrets, current first; during a rotation also the previous one.</param>
    /// <returns><see cref="SignatureVerification.Valid"/>, or the first reason not to trust the request.</returns>
    /// <remarks>The comparison takes constant time, and no input from the network makes this method throw.</remarks>
    public static SignatureVerification Verify(string? signature, ReadOnlySpan<byte> body, SigningSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);

        Span<byte> decoded = stackalloc byte[HMACSHA1.HashSizeInBytes];
        var form = Decode(signature, decoded);
        return form is SignatureVerification.NotVerified ? secrets.Verify(decoded, body) : form;
    }

    /// <summary>Verifies a body with one secret. For repeated calls keep a <see cref="SigningSecrets"/>.</summary>
    /// <param name="signature">The <c>X-HelpScout-Signature</c> header, or <see langword="null"/> if there was none.</param>
    /// <param name="body">The body exactly as received.</param>
    /// <param name="secret">The secret of the webhook.</param>
    /// <returns><see cref="SignatureVerification.Valid"/>, or the first reason not to trust the request.</returns>
    /// <exception cref="ArgumentException">The secret is empty, only whitespace, or not valid Unicode.</exception>
    public static SignatureVerification Verify(string? signature, ReadOnlySpan<byte> body, string secret)
    {
        using var secrets = new SigningSecrets(secret);
        return Verify(signature, body, secrets);
    }

    /// <summary>Checks the form of a signature, before the body is read.</summary>
    /// <param name="signature">The <c>X-HelpScout-Signature</c> header, or <see langword="null"/> if there was none.</param>
    /// <param name="problem">
    /// The problem: missing or malformed; <see cref="SignatureVerification.NotVerified"/> if there is none.
    /// </param>
    /// <returns><see langword="true"/> if it can be the signature of some body.</returns>
    public static bool IsWellFormed(
        [NotNullWhen(true)] string? signature, out SignatureVerification problem)
    {
        Span<byte> decoded = stackalloc byte[HMACSHA1.HashSizeInBytes];
        problem = Decode(signature, decoded);
        return problem is SignatureVerification.NotVerified;
    }

    /// <summary>Decodes strictly: 28 characters of standard base64, and only the one form an encoder writes.</summary>
    private static SignatureVerification Decode(string? signature, Span<byte> decoded)
    {
        var text = signature.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return SignatureVerification.Missing;
        }

        if (text.Length != Length
            || !Convert.TryFromBase64Chars(text, decoded, out var count)
            || count != decoded.Length)
        {
            return SignatureVerification.Malformed;
        }

        // The last character carries two unused bits that decoders ignore. Encoding the bytes again shows whether they
        // were zero, so that one signature has one spelling.
        Span<char> canonical = stackalloc char[Length];
        return Convert.TryToBase64Chars(decoded, canonical, out _) && text.SequenceEqual(canonical)
            ? SignatureVerification.NotVerified
            : SignatureVerification.Malformed;
    }
}
