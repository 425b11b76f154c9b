using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Inbox.Model;

/// <summary>What tells the deliveries apart that keep their order among each other: source and resource as 64 bits.</summary>
/// <remarks>
/// A number makes the trees that order goes by small. Two resources that share one, which among ten million happens once
/// in 400,000 stores, wait for each other and lose nothing.
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
