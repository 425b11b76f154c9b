using System.Security.Cryptography;

namespace Scouthook.Cli.Demonstrating;

/// <summary>An event as the store has it.</summary>
internal sealed record DemoStoredEvent(string EventName, string State, byte[] Body)
{
    public string Digest { get; } = DigestOf(Body);

    public static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
