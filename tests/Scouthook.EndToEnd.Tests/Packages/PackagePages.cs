using System.Text.RegularExpressions;
using System.Xml.Linq;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The programs on the pages of the packages, built as apps outside the repository.</summary>
/// <remarks>Each app installs the packages its page names and consists only of the page's code.</remarks>
public sealed partial class PackagePages(PackageFeed feed) : IAsyncLifetime
{
    private readonly Folder _folder = new();

    internal CommandResult? Build { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await feed.WriteSettingsAsync(_folder["nuget.config"]);
        foreach (var id in PackageFeed.Libraries)
        {
            await WriteAppAsync(id);
        }

        var projects = PackageFeed.Libraries.Select(id => $"""<Project Path="{NameOf(id)}/{NameOf(id)}.csproj" />""");
        await WriteAsync("Pages.slnx", $"<Solution>{string.Concat(projects)}</Solution>");
        Build = await Command.RunAsync("dotnet", ["build", "Pages.slnx", "-nodeReuse:false"], _folder.Path);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static string PageOf(string id) => File.ReadAllText(Repository.PathOf($"src/{id}/README.md"));

    /// <summary>Returns the output directory of a page's app.</summary>
    internal string OutputOf(string id) => _folder[$"{NameOf(id)}/bin/Debug/net10.0"];

    /// <summary>Returns the name of a page's app.</summary>
    internal static string NameOf(string id) => $"{id}.Page";

    /// <summary>The packages that this repository was built with, which an app need not download again.</summary>
    internal static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private async Task WriteAppAsync(string id)
    {
        var page = PageOf(id);
        var installed = Installation().Matches(page).Select(match => match.Groups[1].Value);
        var references = installed.Select(package => $"""<PackageReference Include="{package}" Version="{VersionOf(package)}" />""");
        var sdk = page.Contains("WebApplication.CreateBuilder", StringComparison.Ordinal) ? "Microsoft.NET.Sdk.Web" : "Microsoft.NET.Sdk";
        await WriteAsync($"{NameOf(id)}/{NameOf(id)}.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """);
        await WriteAsync($"{NameOf(id)}/Program.cs", Program().Match(page).Groups[1].Value);
    }

    /// <summary>Returns the version of a package: the one built just now, or the one that this repository uses.</summary>
    private string VersionOf(string package) => package.StartsWith("Scouthook", StringComparison.Ordinal)
        ? feed.Version
        : XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(version => version.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    private async Task WriteAsync(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        await File.WriteAllTextAsync(_folder[file], text, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^dotnet add package (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Installation();

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Program();
}
