using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The licenses of what the packages contain, and where their dependencies come from.</summary>
[Collection<PackageFeedCollection>]
public sealed partial class NoticesTests(PackageFeed feed)
{
    private const string Notices = "THIRD-PARTY-NOTICES.txt";

    [Fact]
    public void Tool_lists_every_package_it_contains_with_its_license()
    {
        var package = feed.Open(PackageFeed.Tool);
        var notices = Encoding.UTF8.GetString(package.Files[Notices]);
        using var contained = JsonDocument.Parse(
            package.Files.Single(file => file.Key.EndsWith("/Scouthook.Cli.deps.json", StringComparison.Ordinal)).Value);
        var packages = contained.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/')[0]);

        var named = Named().Matches(notices).ToList();

        Assert.Equal(packages.Order(StringComparer.Ordinal), named.Select(match => match.Groups["id"].Value).Order(StringComparer.Ordinal));
        Assert.All(
            named.Select(match => match.Groups["license"].Value).Distinct(),
            license => Assert.Contains($"\n{license}\n----", notices, StringComparison.Ordinal));
        Assert.Contains("Permission is hereby granted, free of charge", notices, StringComparison.Ordinal);
        Assert.Contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION", notices, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_contain_only_their_own_assembly() => Assert.All(
        PackageFeed.Libraries,
        id => Assert.Equal(
            [$"lib/net10.0/{id}.dll"],
            feed.Open(id).Files.Keys.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)
                || file.EndsWith(".so", StringComparison.Ordinal) || file.EndsWith(".js", StringComparison.Ordinal))));

    [Fact]
    public void Lock_files_name_no_download_location()
    {
        string[] names = ["packages.lock.json", "package-lock.json"];
        var files = Directory.EnumerateFiles(Repository.Root, "*lock.json", SearchOption.AllDirectories)
            .Where(file => names.Contains(Path.GetFileName(file)) && !Elsewhere().IsMatch(Path.GetRelativePath(Repository.Root, file)))
            .ToList();

        Assert.Contains(files, file => Path.GetFileName(file) == names[0]);
        Assert.Contains(files, file => Path.GetFileName(file) == names[1]);
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotMatch("\"resolved\":\\s*\"[^\"]*:", text);
            Assert.DoesNotContain(".tgz", text, StringComparison.Ordinal);
            Assert.DoesNotContain(".nupkg", text, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"^\* (?<id>\S+)\n  License: (?<license>\S+)\n  \S", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex(@"(^|[\\/])(bin|obj|node_modules)[\\/]")]
    private static partial Regex Elsewhere();
}
