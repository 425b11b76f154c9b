using System.Security.Cryptography;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>What identifies an event that Help Scout sends: its name and the bytes of its body.</summary>
internal readonly record struct ChaosEvent(string Name, string Hash)
{
    public static ChaosEvent Of(string name, ReadOnlySpan<byte> body) => new(name, Convert.ToHexString(SHA256.HashData(body)));

    public override string ToString() => $"{Name} {Hash[..8]}";
}
