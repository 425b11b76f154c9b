using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

[Collection<PackageFeedCollection>]
public sealed class PackageTests(PackageFeed feed)
{
    public static TheoryData<string> All => [.. PackageFeed.Libraries, PackageFeed.Tool];

    public static TheoryData<string> Libraries => [.. PackageFeed.Libraries];

    [Theory]
    [MemberData(nameof(All))]
    public void Package_says_what_it_is_and_under_which_terms(string id)
    {
        var package = feed.Open(id);

        Assert.Contains("README.md", package.Files.Keys);
        Assert.Equal("README.md", package["readme"]);
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("expression", package.Find("license")!.Attribute("type")?.Value);
        Assert.False(string.IsNullOrWhiteSpace(package["description"]));
        Assert.Contains("helpscout", package["tags"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Package_names_repository_and_commit(string id)
    {
        var repository = feed.Open(id).Find("repository");

        Assert.NotNull(repository);
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.StartsWith(PackedRepository.Url, repository.Attribute("url")?.Value, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")?.Value);
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
    public void Symbols_point_at_the_sources_of_the_commit(string id)
    {
        var package = feed.Open(id);
        var commit = package.Find("repository")!.Attribute("commit")!.Value;

        var sourceLink = SourceLink.Read(package.SymbolFiles[$"lib/net10.0/{id}.pdb"]);

        Assert.Contains($"https://raw.githubusercontent.com/example/scouthook/{commit}/*", sourceLink, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_bring_only_what_they_must()
    {
        Assert.All(
            feed.Open("Scouthook").Dependencies,
            id => Assert.Matches(@"^Microsoft\.Extensions\..+\.Abstractions$", id));
        Assert.Equal(["Scouthook"], feed.Open("Scouthook.AspNetCore").Dependencies);
        Assert.Equal(
            ["JsonSchema.Net", "Scouthook", "YamlDotNet"],
            feed.Open("Scouthook.AsyncApi").Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(["Scouthook"], feed.Open("Scouthook.Testing").Dependencies);
        Assert.Empty(feed.Open(PackageFeed.Tool).Dependencies);
    }

    [Fact]
    public void Project_has_one_class_of_log_messages_at_most()
    {
        // The generator writes several in an order that changes from build to build, which would make the next test
        // fail now and then: https://github.com/dotnet/runtime/issues/119587, corrected for .NET 11.
        var crowded = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("[LoggerMessage(", StringComparison.Ordinal))
            .GroupBy(file => Path.GetRelativePath(Repository.PathOf("src"), file).Split(Path.DirectorySeparatorChar)[0])
            .Where(project => project.Count() > 1)
            .Select(project => project.Key);

        Assert.Empty(crowded);
    }

    [Fact]
    public async Task Packing_again_in_another_folder_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var repository = folder.Create("another/repository");
        await PackedRepository.CreateAsync(repository);

        await PackedRepository.PackAsync(repository, $"src/{PackageFeed.Tool}", feed.Version, folder["feed"]);

        var first = Assemblies(feed.Open(PackageFeed.Tool));
        var second = Assemblies(new Package(folder[$"feed/{PackageFeed.Tool}.{feed.Version}"]));
        Assert.Superset(
            new HashSet<string>(["Scouthook.dll", "Scouthook.AspNetCore.dll", "Scouthook.Testing.dll", "Scouthook.Cli.dll"]),
            first.Keys.ToHashSet());
        Assert.All(first, file => Assert.True(file.Value.SequenceEqual(second[file.Key]), $"{file.Key} differs."));
        Assert.All(PackageFeed.Libraries, id => Assert.True(
            feed.Open(id).Files[$"lib/net10.0/{id}.dll"].SequenceEqual(first[$"{id}.dll"]),
            $"{id}.dll in the tool is not the one in the package."));
    }

    private static Dictionary<string, byte[]> Assemblies(Package package) => package.Files
        .Where(file => Path.GetFileName(file.Key).StartsWith("Scouthook", StringComparison.Ordinal)
            && file.Key.EndsWith(".dll", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(file.Key), file => file.Value);
}
