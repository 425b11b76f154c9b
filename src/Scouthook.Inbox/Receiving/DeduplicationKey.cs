using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Receiving;

/// <summary>The deduplication key of a request: SHA-256 over source, event name and body.</summary>
/// <remarks>
/// Two events a second apart can have the same body and differ by name only, so the name is part of the key. Names
/// outside the catalogue are not: their meaning is unknown. Each part is preceded by its length, so that no two
/// different triples are hashed as the same bytes. 16 of the 32 bytes are kept, more than enough for distinct requests
/// never to share a key.
/// </remarks>
internal static class DeduplicationKey
{
    /// <summary>The length in bytes: the resource's id, then the hash.</summary>
    public const int Length = PrefixLength + HashLength;

    private const int PrefixLength = sizeof(long);
    private const int HashLength = 16;

    [ThreadStatic]
    private static IncrementalHash? _hash;

    public static byte[] Of(ReceivedWebhook webhook)
    {
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, webhook.Source);
        Add(hash, webhook.EventType?.Name);
        hash.AppendData(webhook.Body.Span);

        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(full);
        var key = new byte[Length];
        if (long.TryParse(
            webhook.Facts.Resource?.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
        {
            BinaryPrimitives.WriteInt64BigEndian(key, id);
        }

        full[..HashLength].CopyTo(key.AsSpan(PrefixLength));
        return key;
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
