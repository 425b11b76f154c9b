using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Scouthook.Signing;

/// <summary>The secrets a receiver trusts, current first; during a rotation also the previous one.</summary>
/// <remarks>
/// Safe to use from many threads. Keep one instance for as long as the secrets are the same: it holds keyed hash states
/// that are costly to set up. Requests that are being verified while it is disposed finish normally.
/// </remarks>
public sealed class SigningSecrets : IDisposable
{
    private readonly ImmutableArray<(SigningSecret Secret, HashStatePool States)> _secrets;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a collection of one secret that does not expire.</summary>
    /// <param name="secret">The secret as entered in Help Scout.</param>
    /// <exception cref="ArgumentException">The text is empty, only whitespace, or not valid Unicode.</exception>
    public SigningSecrets(string secret)
        : this([new SigningSecret(secret)])
    {
    }

    /// <summary>Creates a collection of several secrets, each trusted until it expires.</summary>
    /// <param name="secrets">The secrets, the one that signs most requests first.</param>
    /// <param name="timeProvider">
    /// Provides the current time, for expiry; the system's clock if <see langword="null"/>.
    /// </param>
    /// <exception cref="ArgumentException">There is no secret.</exception>
    public SigningSecrets(IEnumerable<SigningSecret> secrets, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);

        _secrets =
        [
            .. secrets.Select(secret => (
                secret ?? throw new ArgumentException("A signing secret is missing.", nameof(secrets)),
                new HashStatePool(secret))),
        ];
        All = [.. _secrets.Select(entry => entry.Secret)];
        _timeProvider = timeProvider ?? TimeProvider.System;
        if (_secrets.IsEmpty)
        {
            throw new ArgumentException(
                "At least one signing secret is required; without one, no request can be trusted.", nameof(secrets));
        }
    }

    /// <summary>The secrets in the order given, expired ones included.</summary>
    public IReadOnlyList<SigningSecret> All { get; }

    /// <summary>True if any secret is still trusted.</summary>
    public bool AnyLive
    {
        get
        {
            var now = _timeProvider.GetUtcNow();
            foreach (var (secret, _) in _secrets)
            {
                if (secret.IsLive(now))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, states) in _secrets)
        {
            states.Dispose();
        }
    }

    /// <summary>
    /// Compares a decoded signature with that of the body under every valid secret, each in constant time.
    /// </summary>
    internal SignatureVerification Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> body)
    {
        var now = _timeProvider.GetUtcNow();
        var outcome = SignatureVerification.NoLiveSecret;
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        foreach (var (secret, states) in _secrets)
        {
            if (!secret.IsLive(now))
            {
                continue;
            }

            states.Hash(body, hash);
            if (CryptographicOperations.FixedTimeEquals(hash, signature))
            {
                outcome = SignatureVerification.Valid;
                break;
            }

            outcome = SignatureVerification.Mismatch;
        }

        CryptographicOperations.ZeroMemory(hash);
        return outcome;
    }
}
