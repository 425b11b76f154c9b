using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Inbox.Model;

/// <summary>Identifies deliveries that must keep their relative order: source and resource as 64 bits.</summary>
/// <remarks>
/// A number keeps the indexes used for ordering small. Two resources that share one (with ten million
/// resources, in one of 400,000 stores) wait for each other and lose nothing.
/// </remarks>
internal static class OrderingKey
{
    public static long Of(string source, long kind, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\0{kind}\0{id}"), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
