using System.Text;
using System.Text.RegularExpressions;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The pages that package galleries show, and the programs on them.</summary>
[Collection<PackageFeedCollection>]
public sealed partial class PackagePageTests(PackageFeed feed, PackagePages pages) : IClassFixture<PackagePages>
{
    private const int MostLines = 65;

    public static TheoryData<string> All => [.. PackageFeed.Libraries, PackageFeed.Tool, PackageFeed.Templates];

    [Theory]
    [MemberData(nameof(All))]
    public void Page_describes_the_package_and_says_how_to_install_it(string id)
    {
        var package = feed.Open(id);
        var install = id switch
        {
            PackageFeed.Tool => $"dotnet tool install --global {id}",
            PackageFeed.Templates => $"dotnet new install {id}",
            _ => $"dotnet add package {id}",
        };

        var page = Encoding.UTF8.GetString(package.Files[package["readme"]!]);

        Assert.Equal(PackagePages.PageOf(id), page);
        Assert.StartsWith($"# {id}\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n{install}\n", page, StringComparison.Ordinal);
        Assert.Contains("\nWhat it guarantees:\n", page, StringComparison.Ordinal);
        Assert.InRange(page.Split('\n').Length, 15, MostLines);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Links_of_a_page_work_outside_the_repository(string id) => Assert.All(
        Link().Matches(PackagePages.PageOf(id)),
        link => Assert.StartsWith("https://", link.Groups[1].Value, StringComparison.Ordinal));

    [Fact]
    public void Programs_of_all_pages_build_without_warnings_from_the_packages_they_name()
    {
        Assert.True(pages.Build!.ExitCode == 0, pages.Build.All);
        Assert.Contains("0 Warning(s)", pages.Build.Output, StringComparison.Ordinal);
        Assert.All(PackageFeed.Libraries, id => Assert.True(File.Exists(Path.Combine(pages.OutputOf(id), $"{id}.dll")), id));
    }

    [Theory]
    [InlineData("Scouthook.AspNetCore")]
    [InlineData("Scouthook.AsyncApi")]
    [InlineData("Scouthook.Inbox")]
    public async Task Assembly_of_another_release_is_reported_with_both_versions_and_the_remedy(string id)
    {
        var earlier = await feed.Earlier;
        using var app = new Folder();
        foreach (var file in Directory.EnumerateFiles(pages.OutputOf(id)))
        {
            File.Copy(file, app[Path.GetFileName(file)]);
        }

        await File.WriteAllBytesAsync(
            app["Scouthook.dll"], earlier.Files["lib/net10.0/Scouthook.dll"], TestContext.Current.CancellationToken);

        var run = await Command.RunAsync("dotnet", [app[$"{PackagePages.NameOf(id)}.dll"]], app.Path);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(
            $" {feed.Version} requires Scouthook {feed.Version}, but Scouthook {PackageFeed.EarlierVersion} is loaded. "
            + "Reference the same version of all Scouthook packages, then rebuild and deploy the whole output.",
            run.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\]\(([^)]*)\)|(?<=(?:src|href)="")[^""]*")]
    private static partial Regex Link();
}
