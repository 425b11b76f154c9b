using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Scouthook.Inbox.Delivering;

/// <summary>A key ring in a directory, one file for each key.</summary>
/// <remarks>
/// The framework's own writes each key to the directory for temporary files first, which need not be writable, and does not
/// wait for the disk: a power cut could leave a secret whose key is gone.
/// </remarks>
internal sealed class KeyFiles(string directory) : IXmlRepository
{
    private const string Extension = ".xml";
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*" + Extension).Order(StringComparer.Ordinal).Select(file => XElement.Load(file))]
        : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, friendlyName + Extension);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OnlyOwner;
        }

        using (var stream = new FileStream(file + ".new", options))
        {
            element.Save(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }
}
