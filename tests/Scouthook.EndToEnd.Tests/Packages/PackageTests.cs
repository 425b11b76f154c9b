using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Scouthook.EndToEnd.Tests.Packages;

[Collection<PackageFeedCollection>]
public sealed partial class PackageTests(PackageFeed feed)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => [.. PackageFeed.Libraries, PackageFeed.Tool, PackageFeed.Templates];

    public static TheoryData<string> Libraries => [.. PackageFeed.Libraries];

    [Theory]
    [MemberData(nameof(All))]
    public void Package_has_a_description_and_a_license(string id)
    {
        var package = feed.Open(id);

        Assert.Equal("MIT", package["license"]);
        Assert.Equal("expression", package.Find("license")!.Attribute("type")?.Value);
        Assert.False(string.IsNullOrWhiteSpace(package["description"]));
        Assert.Contains("helpscout", package["tags"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Package_has_an_icon_of_128_by_128_pixels(string id)
    {
        var package = feed.Open(id);

        var icon = package.Files[package["icon"]!];

        // A PNG begins with an eight-byte signature; width and height follow the name of the first chunk.
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], icon[..8]);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Package_names_repository_commit_and_changelog(string id)
    {
        var package = feed.Open(id);
        var repository = package.Find("repository");

        Assert.NotNull(repository);
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.Equal(PackedRepository.Url, repository.Attribute("url")?.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")?.Value);
        Assert.Equal(PackedRepository.Url, package["projectUrl"]);
        Assert.Equal($"{PackedRepository.Url}/blob/v{feed.Version}/CHANGELOG.md", package["releaseNotes"]);
    }

    [Fact]
    public async Task Package_without_a_public_repository_has_no_link_to_one()
    {
        var package = await feed.Earlier;

        Assert.Null(package.Find("projectUrl"));
        Assert.Null(package.Find("repository")!.Attribute("url"));
        Assert.Contains("CHANGELOG.md in this package", package["releaseNotes"], StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(Repository.PathOf("CHANGELOG.md"), Cancellation), package.Files["CHANGELOG.md"]);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Packages_of_one_release_require_the_exact_version_of_each_other(string id) => Assert.All(
        feed.Open(id).DependencyVersions.Where(dependency => dependency.Id.StartsWith("Scouthook", StringComparison.Ordinal)),
        dependency => Assert.Equal($"[{feed.Version}]", dependency.Version));

    [Fact]
    public void Version_is_defined_in_one_place()
    {
        var files = new[] { "*.csproj", "*.props", "*.targets" }
            .SelectMany(pattern => Directory.EnumerateFiles(Repository.PathOf("src"), pattern, SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Repository.Root, pattern)))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && VersionElement().IsMatch(File.ReadAllText(file)));

        Assert.Equal([Repository.PathOf("Directory.Build.props")], files);
    }

    [Fact]
    public void Tool_contains_native_libraries_only_for_its_supported_platforms()
    {
        var native = feed.Open(PackageFeed.Tool).Files.Keys.Where(file => file.Contains("/native/", StringComparison.Ordinal))
            .Select(file => file[(file.IndexOf("runtimes/", StringComparison.Ordinal) + "runtimes/".Length)..]);

        Assert.Equal(
            [
                "linux-arm64/native/libe_sqlite3.so", "linux-musl-arm64/native/libe_sqlite3.so",
                "linux-musl-x64/native/libe_sqlite3.so", "linux-x64/native/libe_sqlite3.so",
                "osx-arm64/native/libe_sqlite3.dylib", "osx-x64/native/libe_sqlite3.dylib",
                "win-arm64/native/e_sqlite3.dll", "win-x64/native/e_sqlite3.dll",
            ],
            native.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_comes_with_documentation_and_symbols(string id)
    {
        var package = feed.Open(id);

        Assert.Contains($"lib/net10.0/{id}.dll", package.Files.Keys);
        Assert.Contains($"lib/net10.0/{id}.xml", package.Files.Keys);
        Assert.Contains($"lib/net10.0/{id}.pdb", package.SymbolFiles.Keys);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_point_to_the_sources_of_the_commit(string id)
    {
        var package = feed.Open(id);
        var commit = package.Find("repository")!.Attribute("commit")!.Value;

        var sourceLink = SourceLink.Read(package.SymbolFiles[$"lib/net10.0/{id}.pdb"]);

        Assert.Contains($"https://raw.githubusercontent.com/example/scouthook/{commit}/*", sourceLink, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_have_only_required_dependencies()
    {
        Assert.All(
            feed.Open("Scouthook").Dependencies,
            id => Assert.Matches(@"^Microsoft\.Extensions\..+\.Abstractions$", id));
        Assert.Equal(["Scouthook"], feed.Open("Scouthook.AspNetCore").Dependencies);
        Assert.Equal(
            ["JsonSchema.Net", "Scouthook", "YamlDotNet"],
            feed.Open("Scouthook.AsyncApi").Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Scouthook", "Scouthook.Inbox"], feed.Open("Scouthook.Testing").Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Dapper", "Npgsql", "Scouthook.Inbox"],
            feed.Open("Scouthook.Inbox.PostgreSql").Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "Microsoft.AspNetCore.OpenApi", "MudBlazor", "Scalar.AspNetCore", "Scouthook.AspNetCore", "Scouthook.AsyncApi",
                "Scouthook.Inbox", "Scouthook.Registrations",
            ],
            feed.Open("Scouthook.Management").Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Microsoft.Extensions.Http", "Scouthook"], feed.Open("Scouthook.Registrations").Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["OpenTelemetry.Api.ProviderBuilderExtensions", "Scouthook"],
            feed.Open("Scouthook.OpenTelemetry").Dependencies.Order(StringComparer.Ordinal));
        Assert.Empty(feed.Open(PackageFeed.Tool).Dependencies);
    }

    [Fact]
    public async Task Packing_again_in_another_folder_produces_the_same_bytes()
    {
        using var folder = new Folder();
        var repository = folder.Create("another/repository");
        await PackedRepository.CreateAsync(repository);

        await PackedRepository.PackAsync(
            repository, $"src/{PackageFeed.Tool}", feed.Version, folder["feed"], PackedRepository.Url);

        var first = Assemblies(feed.Open(PackageFeed.Tool));
        var second = Assemblies(new Package(folder[$"feed/{PackageFeed.Tool}.{feed.Version}"]));
        Assert.Superset(
            new HashSet<string>(["Scouthook.dll", "Scouthook.AspNetCore.dll", "Scouthook.Testing.dll", "Scouthook.Cli.dll"]),
            first.Keys.ToHashSet());
        Assert.All(first, file => Assert.True(IsSame(file.Key, file.Value, second[file.Key]), $"{file.Key} differs."));
        Assert.All(PackageFeed.Libraries, id => Assert.True(
            feed.Open(id).Files[$"lib/net10.0/{id}.dll"].SequenceEqual(first[$"{id}.dll"]),
            $"{id}.dll in the tool is not the one in the package."));
    }

    /// <remarks>
    /// The code generated from Razor pages contains their absolute paths, which change the symbols, and with them three ids
    /// in the assembly of management. All else in it must be the same.
    /// </remarks>
    private static bool IsSame(string name, byte[] first, byte[] second) => name == "Scouthook.Management.dll"
        ? first.Length == second.Length && first.Zip(second).Count(pair => pair.First != pair.Second) < 100
        : first.SequenceEqual(second);

    [GeneratedRegex("<(Version|VersionPrefix|VersionSuffix|PackageVersion|FileVersion|InformationalVersion)>")]
    private static partial Regex VersionElement();

    private static Dictionary<string, byte[]> Assemblies(Package package) => package.Files
        .Where(file => Path.GetFileName(file.Key).StartsWith("Scouthook", StringComparison.Ordinal)
            && file.Key.EndsWith(".dll", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(file.Key), file => file.Value);
}
