using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests;

/// <summary>C# code in the README is quoted verbatim from samples that are built and tested.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Every_CSharp_block_in_the_README_is_quoted_from_a_sample()
    {
        var readme = File.ReadAllLines(Repository.PathOf("README.md"));

        var problems = Snippets.Check(readme, Snippets.ReadAll(Repository.PathOf("samples")));

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

    private static string[] Lines(string text) => text.Split('\n');
}
