using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Gateway.Operating;

/// <summary>The first key to the management API: configured, or made at the first start and shown once.</summary>
/// <remarks>
/// Only a hash is kept, in a file beside the store. Keys made here hold 256 random bits, so a plain SHA-256 is as hard
/// to invert as the key is to guess.
/// </remarks>
internal sealed class AdminKey
{
    private const string FileName = "admin-key.sha256";

    private byte[]? _hash;

    /// <summary>The key in clear text, if it was made by this start; to be shown once.</summary>
    public string? NewlyMade { get; private set; }

    /// <exception cref="IOException">The hash can neither be read nor written.</exception>
    public void Load(GatewaySettings settings, string dataDirectory)
    {
        if (settings.AdminKey is { } configured)
        {
            _hash = Hash(configured);
            return;
        }

        var file = Path.Combine(dataDirectory, FileName);
        if (File.Exists(file))
        {
            _hash = Convert.FromHexString(File.ReadAllText(file).Trim());
            return;
        }

        var key = $"shk_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        Directory.CreateDirectory(dataDirectory);
        File.WriteAllText(file, Convert.ToHexStringLower(Hash(key)) + "\n");
        _hash = Hash(key);
        NewlyMade = key;
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string key) => _hash is not null && CryptographicOperations.FixedTimeEquals(Hash(key), _hash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
