using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>The signature of Standard Webhooks, version 1: HMAC-SHA256 over id, timestamp and body.</summary>
/// <remarks>
/// Unlike Help Scout's signature it covers a time, so that a receiver can reject replayed requests. Source:
/// <c>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</c>.
/// </remarks>
internal static class StandardWebhooksSignature
{
    public const string Version = "v1,";

    /// <param name="id">
    /// The <c>webhook-id</c>; must not contain a full stop, which separates it from the timestamp.
    /// </param>
    /// <param name="timestamp">The <c>webhook-timestamp</c>: Unix seconds.</param>
    /// <param name="body">The exact bytes that will be sent.</param>
    /// <param name="key">The decoded bytes of the secret.</param>
    public static string Sign(string id, long timestamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
    {
        using var state = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        state.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        state.AppendData(body);

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        state.GetHashAndReset(hash);
        return Version + Convert.ToBase64String(hash);
    }
}
