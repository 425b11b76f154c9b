using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>
/// A copy of the sources as a checkout with a known origin, from which packages are built as for a release.
/// </summary>
/// <remarks>
/// Tests must not depend on the remote of this repository, and packing must not conflict with other builds over the
/// same <c>obj</c>. The commit has a fixed date, so two copies have the same commit.
/// </remarks>
internal static class PackedRepository
{
    public const string Url = "https://github.com/example/scouthook";

    /// <summary>
    /// A solution of all sources without tests, which exists only in the copy, to build all packages at once.
    /// </summary>
    /// <remarks>It includes projects that are not packed, because projects missing from a solution are built as Debug.</remarks>
    public const string Everything = "Packages.slnx";

    private static readonly string[] Folders = ["src", "contract", "eng"];

    public static async Task CreateAsync(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Root).Where(file => Path.GetFileName(file) != ".git"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var source in Folders.SelectMany(name =>
            Directory.EnumerateFiles(Repository.PathOf(name), "*", SearchOption.AllDirectories)))
        {
            var relative = Path.GetRelativePath(Repository.Root, source);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                var copy = Path.Combine(folder, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(source, copy);
            }
        }

        var projects = Directory.EnumerateFiles(Path.Combine(folder, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => $"""<Project Path="{Path.GetRelativePath(folder, project)}" />""")
            .Order();
        await File.WriteAllTextAsync(
            Path.Combine(folder, Everything), $"<Solution>{string.Concat(projects)}</Solution>",
            TestContext.Current.CancellationToken);

        await GitAsync(folder, "init", "--quiet", "--initial-branch", "main");
        await GitAsync(folder, "remote", "add", "origin", Url + ".git");
        await GitAsync(folder, "add", "--all");
        await GitAsync(
            folder, "-c", "user.name=Tests", "-c", "user.email=tests@example.com", "-c", "commit.gpgsign=false",
            "commit", "--quiet", "--message", "Sources as tested");
    }

    /// <summary>Builds and packs, without the analyzers, which have seen the same sources in the build of these tests.</summary>
    public static Task PackAsync(string repository, string what, string version, string feed, string address) =>
        Command.DotNetAsync(
            repository, "pack", what, "--configuration", "Release", "--output", feed, $"-p:Version={version}",
            $"-p:RepositoryAddress={address}", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", "-nodeReuse:false");

    private static async Task GitAsync(string folder, params string[] arguments)
    {
        var git = await Command.RunAsync("git", arguments, folder, new Dictionary<string, string>
        {
            ["GIT_AUTHOR_DATE"] = "2026-01-01T00:00:00Z",
            ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z",
        });
        Assert.True(git.ExitCode == 0, git.All);
    }
}
