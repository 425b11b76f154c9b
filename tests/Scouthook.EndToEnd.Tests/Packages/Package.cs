using System.IO.Compression;
using System.Xml.Linq;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>Reads a package and its symbols.</summary>
/// <param name="path">The file without <c>.nupkg</c>.</param>
internal sealed class Package(string path)
{
    public IReadOnlyDictionary<string, byte[]> Files { get; } = Read(path + ".nupkg");

    /// <summary>Empty for a package without an assembly.</summary>
    public IReadOnlyDictionary<string, byte[]> SymbolFiles { get; } = File.Exists(path + ".snupkg") ? Read(path + ".snupkg") : new Dictionary<string, byte[]>();

    public XElement Metadata
    {
        get
        {
            using var nuspec = new MemoryStream(Files.Single(file => file.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value);
            return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        }
    }

    public string? this[string element] => Find(element)?.Value;

    public XElement? Find(string element) => Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element);

    public IEnumerable<string> Dependencies => DependencyVersions.Select(dependency => dependency.Id);

    public IEnumerable<(string Id, string Version)> DependencyVersions => Metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value));

    private static Dictionary<string, byte[]> Read(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
