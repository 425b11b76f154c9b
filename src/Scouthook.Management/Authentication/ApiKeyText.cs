using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Management.Authentication;

/// <summary>The text of an API key, and its hash.</summary>
internal static class ApiKeyText
{
    public const string Prefix = "shk_";

    private const int RandomBytes = 32;

    /// <summary>Generates a key: 256 random bits, so a plain SHA-256 is as hard to invert as the key is to guess.</summary>
    public static string Generate() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
