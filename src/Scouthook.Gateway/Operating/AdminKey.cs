using System.Security.Cryptography;
using Scouthook.Gateway.Managing;

namespace Scouthook.Gateway.Operating;

/// <summary>The first key to the management API: configured, or made at the first start and shown once.</summary>
/// <remarks>
/// Only a hash is kept, in a file beside the store. Keys made here hold 256 random bits, so a plain SHA-256 is as hard
/// to invert as the key is to guess.
/// </remarks>
internal sealed class AdminKey
{
    /// <summary>The name under which the audit shows it.</summary>
    public const string Name = "admin";

    private const string FileName = "admin-key.sha256";

    private byte[]? _hash;

    /// <summary>The key in clear text, if it was made by this start; to be shown once.</summary>
    public string? NewlyMade { get; private set; }

    /// <summary>Why <see cref="NewlyMade"/> is good for this start only; <see langword="null"/> if it was kept.</summary>
    public string? NotKept { get; private set; }

    /// <remarks>
    /// A directory that cannot be written must not keep the gateway from starting: events are then answered with 503, and
    /// whoever looks for the reason needs a key.
    /// </remarks>
    public void Load(GatewaySettings settings, string dataDirectory)
    {
        if (settings.AdminKey is { } configured)
        {
            _hash = Hash(configured);
            return;
        }

        var key = KeyDesk.Generate();
        try
        {
            var file = Path.Combine(dataDirectory, FileName);
            if (File.Exists(file))
            {
                _hash = Read(file);
                return;
            }

            Write(file, key);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            NotKept = $"the data directory cannot be used ({problem.GetType().Name})";
        }

        _hash = Hash(key);
        NewlyMade = key;
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string key) => _hash is not null && CryptographicOperations.FixedTimeEquals(Hash(key), _hash);

    private static byte[] Read(string file)
    {
        try
        {
            return Convert.FromHexString(File.ReadAllText(file).Trim()) is { Length: SHA256.HashSizeInBytes } hash
                ? hash
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new InvalidDataException(
                $"{file} does not hold the hash of a key. Remove it to have a new key made, and all clients will need that.");
        }
    }

    /// <summary>Puts the file in place at once: half a hash would lock everybody out.</summary>
    private static void Write(string file, string key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file + ".new", Convert.ToHexStringLower(Hash(key)) + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }

    private static byte[] Hash(string key) => KeyDesk.Hash(key);
}
