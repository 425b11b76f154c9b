using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Scouthook.TestSupport.Gateways;

/// <summary>Both signatures, computed independently from their documentation.</summary>
internal static class Signatures
{
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Help Scout signs so.")]
    public static string OfHelpScout(byte[] body, string secret) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static string Standard(byte[] body, IHeaderDictionary headers, string secret) =>
        Standard(body, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), secret);

    public static string Standard(byte[] body, IReadOnlyDictionary<string, string> headers, string secret) =>
        Standard(body, headers["webhook-id"], headers["webhook-timestamp"], secret);

    private static string Standard(byte[] body, string id, string timestamp, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
