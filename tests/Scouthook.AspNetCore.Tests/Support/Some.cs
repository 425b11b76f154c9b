using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>Arbitrary values for tests.</summary>
internal static class Some
{
    public const string Secret = "scouthook-test-secret-0001";
    public const string OtherSecret = "scouthook-test-secret-0002";
    public const string SecretKey = "Scouthook:Sources:default:Secrets:0";

    public static byte[] Body { get; } = """{"id":4711,"name":"vip","slug":"vip","color":"none"}"""u8.ToArray();

    /// <summary>Computes the signature as Help Scout documents it, without using this library.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what Help Scout signs with.")]
    public static string Signature(ReadOnlySpan<byte> body, string secret = Secret) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static RawRequest Request(byte[]? body = null, string? eventName = "tag.created", string secret = Secret)
    {
        var request = new RawRequest { Body = body ?? Body };
        request.With("X-HelpScout-Signature", Signature(request.Body, secret));
        return eventName is null ? request : request.With("X-HelpScout-Event", eventName);
    }

    /// <summary>Returns a body of exactly that many random, incompressible bytes.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
