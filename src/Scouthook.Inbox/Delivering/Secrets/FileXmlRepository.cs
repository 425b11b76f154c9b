using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Scouthook.Inbox.Storage.Files;
using Scouthook.Settings;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>A key ring in a directory, one file for each key.</summary>
/// <remarks>
/// The framework's own implementation first writes each key to the directory for temporary files, which may not be
/// writable, and does not flush to disk: a power cut could leave a secret whose key is lost. It also fails entirely at
/// one damaged file, and creates a new key where it finds none it can read. Here a damaged file is skipped when keys
/// are read, so that the others still decrypt, and no key is added next to it: a new key must not hide that an old one
/// is lost.
/// </remarks>
/// <param name="directory">The directory of the key ring. Its parent is not created again once it existed.</param>
/// <param name="fileMode">The permissions of the keys, 0600 by default.</param>
internal sealed class FileXmlRepository(string directory, UnixFileMode? fileMode = null) : IKeyRing
{
    private const string Extension = ".xml";

    private readonly OwnFiles _own = new(fileMode);
    private bool _wasInDirectory;

    // The two kinds of elements that the framework stores.
    private static readonly string[] Elements = ["key", "revocation"];

    public string Location => directory;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            return [.. Files().Select(file => TryLoad(file, out _)).OfType<XElement>()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Returns the keys with the names under which they were stored.</summary>
    /// <exception cref="KeyRingUnusableException">A file of the key ring is damaged or cannot be read.</exception>
    public IReadOnlyList<KeyValuePair<string, XElement>> ReadNamed() => FindDamage() is { } damage
        ? throw new KeyRingUnusableException(damage)
        : [.. Files().Select(file => KeyValuePair.Create(Path.GetFileNameWithoutExtension(file), TryLoad(file, out _)!))];

    /// <exception cref="KeyRingUnusableException">A file of the key ring is damaged or cannot be read.</exception>
    public void StoreElement(XElement element, string friendlyName)
    {
        if (FindDamage() is { } damage)
        {
            throw new KeyRingUnusableException(damage);
        }

        if (_wasInDirectory && !IsInDirectory)
        {
            throw new DirectoryNotFoundException($"The key ring directory {directory} no longer exists.");
        }

        _own.CreateDirectory(directory);
        var file = Path.Combine(directory, friendlyName + Extension);
        using (var stream = _own.Open(file + ".new", FileMode.Create, FileShare.None))
        {
            element.Save(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }

    public string? FindDamage()
    {
        try
        {
            var damaged = Files().Select(file => (Name: Path.GetFileName(file), Element: TryLoad(file, out var why), Why: why))
                .FirstOrDefault(read => read.Element is null);
            return damaged.Name is null
                ? null
                : $"The file {damaged.Name} of the key ring {directory} {damaged.Why}. Restore it from a backup; if it is lost for "
                    + "good, remove it and rotate the secrets of the endpoints that are then reported.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The key ring {directory} cannot be read ({exception.GetType().Name}). Make it readable, or restore it from "
                + "a backup.";
        }
    }

    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (var file in Files())
            {
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
                hash.AppendData(TryReadBytes(file) ?? [0]);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private bool IsInDirectory => System.IO.Directory.Exists(Path.GetDirectoryName(directory));

    private IEnumerable<string> Files()
    {
        _wasInDirectory |= IsInDirectory;
        return System.IO.Directory.Exists(directory)
            ? System.IO.Directory.EnumerateFiles(directory, "*" + Extension).Order(StringComparer.Ordinal)
            : [];
    }

    private static byte[]? TryReadBytes(string file)
    {
        if (WaitingFile.IsAt(file))
        {
            return null;
        }

        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static XElement? TryLoad(string file, out string? why)
    {
        why = null;
        if (TryReadBytes(file) is not { } bytes)
        {
            why = "cannot be read";
            return null;
        }

        try
        {
            using var stream = new MemoryStream(bytes);
            if (XElement.Load(stream) is var element && Elements.Contains(element.Name.LocalName))
            {
                return element;
            }
        }
        catch (XmlException)
        {
            // Empty, truncated or overwritten.
        }

        why = "is damaged";
        return null;
    }
}
