using System.Collections.Concurrent;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>All packages, built once for the tests that read or install them.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private readonly ConcurrentDictionary<string, Package> _packages = new();
    private readonly Lazy<Task<Package>> _earlier;
    private readonly Lazy<Task<string>> _installedTool;

    public PackageFeed()
    {
        _earlier = new Lazy<Task<Package>>(PackEarlierAsync);
        _installedTool = new Lazy<Task<string>>(InstallToolAsync);
    }

    /// <summary>Every packed project except the tool and the templates.</summary>
    public static IReadOnlyList<string> Libraries { get; } =
        [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsPackable>true<", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Where(project => project is not (Tool or Templates))
            .Order(StringComparer.Ordinal)];

    public const string EarlierVersion = "0.1.7";

    public const string Tool = "Scouthook.Cli";

    public const string Templates = "Scouthook.Templates";

    /// <summary>A version unique to this run, so that no cache can replace the new build.</summary>
    public string Version => $"0.2.0-e2e-{_folder.UniqueName}";

    public string Feed => _folder["feed"];

    /// <summary>Where apps outside the repository keep their packages, so that each is extracted once.</summary>
    public string ConsumerPackages => _folder["packages"];

    /// <summary>The copy of the repository that the packages were built in.</summary>
    internal string Copy => _folder["repository"];

    /// <summary>
    /// The package <c>Scouthook</c> of an earlier release, built before there was a public repository.
    /// </summary>
    internal Task<Package> Earlier => _earlier.Value;

    /// <summary>The program that <c>dotnet tool install</c> leaves.</summary>
    internal Task<string> InstalledTool => _installedTool.Value;

    public async ValueTask InitializeAsync()
    {
        var repository = _folder.Create("repository");
        await PackedRepository.CreateAsync(repository);
        await PackedRepository.PackAsync(repository, PackedRepository.Everything, Version, Feed, PackedRepository.Url);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Writes the settings of NuGet for an app outside the repository. Only the packages built just now are extracted for it: the
    /// others are those that this repository was built with.
    /// </summary>
    internal Task WriteSettingsAsync(string file) => File.WriteAllTextAsync(file, $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{ConsumerPackages}" />
          </config>
          <fallbackPackageFolders>
            <add key="what this repository was built with" value="{PackagePages.GlobalPackages}" />
          </fallbackPackageFolders>
          <packageSources>
            <add key="built just now" value="{Feed}" />
          </packageSources>
        </configuration>
        """, TestContext.Current.CancellationToken);

    /// <summary>Reads a package, once for all tests: that of the tool is large.</summary>
    internal Package Open(string id) => _packages.GetOrAdd(id, _ => new Package(Path.Combine(Feed, $"{id}.{Version}")));

    private async Task<string> InstallToolAsync()
    {
        await Command.DotNetAsync(
            _folder.Path, "tool", "install", Tool, "--tool-path", _folder["tools"], "--version", Version, "--source", Feed);
        return _folder["tools/scouthook"];
    }

    private async Task<Package> PackEarlierAsync()
    {
        await PackedRepository.PackAsync(
            _folder["repository"], "src/Scouthook", EarlierVersion, _folder["earlier"], address: "");
        return new Package(_folder[$"earlier/Scouthook.{EarlierVersion}"]);
    }
}
