using System.Security.Cryptography;
using System.Text;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Management.Authentication;

/// <summary>The first key to the management API: configured, or made at the first start and shown once.</summary>
/// <remarks>
/// Only a hash is stored, in a file beside the store. Keys made here hold 256 random bits, so a plain SHA-256 is as hard
/// to invert as the key is to guess. A key is shown before its hash is stored: a start that fails or is killed in between
/// leaves a key that was shown and is not valid, and the next start makes another. The other way round it would leave a
/// key that is valid and that nobody has seen.
/// </remarks>
internal sealed class AdminKey
{
    /// <summary>The name under which the audit shows it.</summary>
    public const string Name = "admin";

    /// <summary>The id under which the audit shows it: configured or made, there is one such key in every gateway.</summary>
    public static readonly Guid Id = new("00000000-0000-0000-0000-000000000001");

    private const string FileName = "admin-key.sha256";

    private byte[]? _hash;
    private string? _file;
    private string? _newKey;
    private string? _notStored;

    /// <summary>Why the key of an earlier start is not accepted, and what to do; <see langword="null"/> if all is well.</summary>
    public string? Damage { get; private set; }

    /// <summary>Whether there is a key at all.</summary>
    public bool Exists => _hash is not null;

    /// <summary>Uses a configured key, if there is one; another one that is in use stays.</summary>
    public void Use(string? configured) => _hash = configured is null ? _hash : Hash(configured);

    /// <summary>Takes the configured key or the stored one, or makes one that is stored once it was shown.</summary>
    /// <remarks>
    /// Neither a directory that cannot be written nor a damaged file keeps the gateway from starting: events are received
    /// all the same, or answered with 503, and a person who looks for the reason needs a key.
    /// </remarks>
    public void Load(string? configured, string dataDirectory)
    {
        if (configured is not null)
        {
            _hash = Hash(configured);
            return;
        }

        _file = Path.Combine(dataDirectory, FileName);
        try
        {
            if (Path.Exists(_file))
            {
                Read(_file);
                return;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _notStored = Unusable(problem);
        }

        _newKey = ApiKeyText.Generate();
        _hash = Hash(_newKey);
    }

    /// <summary>Shows the key that this start has made, if any, and then stores its hash.</summary>
    /// <remarks>To be called once the gateway has its store and its addresses, and nothing can make the start fail any more.</remarks>
    /// <param name="show">Shows a line; <see langword="false"/>: it did not arrive.</param>
    public AdminKeyPublication Publish(Func<string, bool> show)
    {
        if (_newKey is not { } key)
        {
            return AdminKeyPublication.NothingNew;
        }

        _newKey = null;
        var prepared = Prepare();
        if (!show($"  admin key {key} " + (_notStored is null ? "(shown only once)" : $"(valid until this gateway stops: {_notStored})")))
        {
            Discard(prepared);
            return AdminKeyPublication.NotShown;
        }

        if (prepared is null)
        {
            return AdminKeyPublication.NotStored;
        }

        try
        {
            // Never over another: that would lock out the holder of a key that another start has shown.
            File.Move(prepared, _file!);
            return AdminKeyPublication.Stored;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            show($"  this admin key is valid until this gateway stops: {Unusable(problem)}");
            return AdminKeyPublication.NotStored;
        }
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string key) => _hash is not null && CryptographicOperations.FixedTimeEquals(Hash(key), _hash);

    private void Read(string file)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var text = File.ReadAllText(file).Trim();
        if (text.Length == 2 * SHA256.HashSizeInBytes && Convert.FromHexString(text, hash, out _, out _) is System.Buffers.OperationStatus.Done)
        {
            _hash = hash.ToArray();
            return;
        }

        Damage = $"{file} {(text.Length == 0 ? "is empty" : "does not contain the hash of a key")}, so the admin key that the first "
            + $"start printed is not accepted. Stop the gateway and create another key with: scouthook keys create --data "
            + $"{Path.GetDirectoryName(file)} --name NAME --role admin. Or remove the file: the next start prints a new admin key.";
    }

    /// <summary>Writes the hash beside its place, which shows whether it can be stored before anything is promised.</summary>
    /// <returns>The file to be moved into its place; <see langword="null"/>: it cannot be stored.</returns>
    private string? Prepare()
    {
        if (_notStored is not null)
        {
            return null;
        }

        try
        {
            new OwnFiles(null).CreateDirectory(Path.GetDirectoryName(_file)!);
            var prepared = _file + ".new";
            File.Delete(prepared);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(prepared, options);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(_hash!) + "\n"));
            file.Flush(flushToDisk: true);
            return prepared;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _notStored = Unusable(problem);
            return null;
        }
    }

    private static void Discard(string? prepared)
    {
        try
        {
            if (prepared is not null)
            {
                File.Delete(prepared);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It is not valid where it lies, and the next start replaces it.
        }
    }

    private static string Unusable(Exception problem) => $"the data directory cannot be used ({problem.GetType().Name})";

    private static byte[] Hash(string key) => ApiKeyText.Hash(key);
}
