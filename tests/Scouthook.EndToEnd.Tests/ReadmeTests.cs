using System.Text.RegularExpressions;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests;

/// <summary>C# code in the README and the documentation is quoted verbatim from sources that are built and tested.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Pages =>
    [
        "README.md", "deploy/README.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(page => Path.GetRelativePath(Repository.Root, page)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_CSharp_block_of_a_page_is_quoted_from_code_that_is_compiled(string page)
    {
        var lines = File.ReadAllLines(Repository.PathOf(page));

        var problems = Snippets.Check(lines, Snippets.ReadAll(
            Repository.PathOf("samples"), Repository.PathOf("tests/Scouthook.EndToEnd.Tests/Documentation")));

        Assert.Empty(problems);
    }

    [Fact]
    public void Quote_that_differs_or_lacks_a_marker_or_sample_is_found()
    {
        var samples = new Dictionary<string, string> { ["one"] = "a();\nb();" };

        Assert.Empty(Snippets.Check(Lines("<!-- snippet: one -->\n```csharp\na();\nb();\n```"), samples));
        Assert.Single(Snippets.Check(Lines("<!-- snippet: one -->\n```csharp\na();\n```"), samples));
        Assert.Single(Snippets.Check(Lines("<!-- snippet: two -->\n```csharp\na();\nb();\n```"), samples));
        Assert.Single(Snippets.Check(Lines("text\n```csharp\na();\nb();\n```"), samples));
        Assert.Single(Snippets.Check(Lines("```cs\na();\n```"), samples));
        Assert.Empty(Snippets.Check(Lines("```bash\ndotnet run\n```"), samples));
    }

    [Fact]
    public void Samples_have_the_regions_the_README_may_quote()
    {
        var snippets = Snippets.ReadAll(Repository.PathOf("samples"));

        Assert.Contains("minimal-api", snippets.Keys);
        Assert.Contains("tests", snippets.Keys);
        Assert.All(snippets.Values, text => Assert.NotEmpty(text));
    }

    [Fact]
    public void Every_test_that_the_page_of_promises_names_exists()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .ToDictionary(files => files.Key, files => string.Concat(files.Select(File.ReadAllText)));

        var named = NamedTest.Matches(File.ReadAllText(Repository.PathOf("docs/promises.md"))).ToList();

        Assert.True(named.Count > 25);
        Assert.All(named, test => Assert.Contains(
            $" {test.Groups[2].Value}(", sources.GetValueOrDefault(test.Groups[1].Value, ""), StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Z][A-Za-z]+)\\.([A-Z][A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex NamedTest { get; }

    [Fact]
    public async Task Documentation_site_is_built_without_a_warning()
    {
        Assert.SkipUnless(Rounds.Long, "It builds all packages again.");

        var site = await Command.RunAsync(Repository.PathOf("eng/docs.sh"), [], Repository.Root);

        Assert.True(site.ExitCode == 0, site.All);
        Assert.True(File.Exists(Repository.PathOf("artifacts/docs/site/docs/promises.html")));
        Assert.True(File.Exists(Repository.PathOf("artifacts/docs/site/reference/Scouthook.Events.ConversationCreated.html")));
    }

    private static string[] Lines(string text) => text.Split('\n');
}
