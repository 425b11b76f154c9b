using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Signing;

/// <summary>A secret shared by Help Scout and this receiver, with an optional expiry.</summary>
/// <remarks>
/// Help Scout documents secrets of 40 characters or less but has been seen to accept longer ones, so the length is not
/// limited here. The text is never printed; logs and users see the <see cref="Fingerprint"/>.
/// </remarks>
public sealed class SigningSecret
{
    private static readonly byte[] FingerprintKey = RandomNumberGenerator.GetBytes(32);

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _key;

    /// <summary>Creates a secret.</summary>
    /// <param name="value">The secret as entered in Help Scout; its UTF-8 bytes are the key.</param>
    /// <param name="expiresAt">The time at which the secret expires; <see langword="null"/> for never.</param>
    /// <exception cref="ArgumentException">The text is empty, only whitespace, or not valid Unicode.</exception>
    public SigningSecret(string value, DateTimeOffset? expiresAt = null)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException(
                "A signing secret must not be empty. Enter the webhook secret exactly as in Help Scout.",
                nameof(value));
        }

        try
        {
            _key = StrictUtf8.GetBytes(value);
        }
        catch (EncoderFallbackException)
        {
            // Not passed as inner exception: it names the character, and the text is a secret.
            throw new ArgumentException("The signing secret is not valid Unicode text.", nameof(value));
        }

        ExpiresAt = expiresAt;
        Fingerprint = FingerprintOf(_key, FingerprintKey);
    }

    private SigningSecret(byte[] key, DateTimeOffset? expiresAt, string fingerprint)
    {
        _key = key;
        ExpiresAt = expiresAt;
        Fingerprint = fingerprint;
    }

    /// <summary>The time at which the secret expires.</summary>
    /// <value><see langword="null"/> if it does not expire.</value>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Eight hexadecimal digits that distinguish secrets without revealing them.</summary>
    /// <value>
    /// Keyed with random bytes: those of the store of an app with an inbox, otherwise those of this process. Equal secrets
    /// have equal fingerprints under the same key.
    /// </value>
    public string Fingerprint { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Returns whether the secret is still trusted.</summary>
    /// <param name="now">The current instant.</param>
    /// <returns><see langword="true"/> before <see cref="ExpiresAt"/>.</returns>
    public bool IsLive(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>Creates the same secret with a fingerprint under another key, and with another expiry.</summary>
    internal SigningSecret With(byte[] fingerprintKey, DateTimeOffset? expiresAt) =>
        new(_key, expiresAt, FingerprintOf(_key, fingerprintKey));

    private static string FingerprintOf(byte[] secret, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, secret).AsSpan(0, 4));

    /// <summary>Returns the fingerprint, never the secret.</summary>
    /// <returns>For example <c>secret 1f0c9a2b</c>.</returns>
    public override string ToString() => $"secret {Fingerprint}";
}
