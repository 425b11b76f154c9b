using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Scouthook.Dashboard.Tests.Support;

/// <summary>Checks a page for barriers with axe-core.</summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(violation => ['serious', 'critical'].includes(violation.impact))
          .map(violation => `${violation.impact} ${violation.id}: `
            + violation.nodes.slice(0, 4).map(node => node.html.slice(0, 200) + ' ' + (node.failureSummary ?? '').slice(0, 300)).join(' | '))
        """;

    private static readonly string Source = new BundledAxeScriptProvider().GetScript();

    public static async Task AssertAccessibleAsync(OpenPage page)
    {
        var issues = await CheckAsync(page);
        Assert.True(issues.Count == 0, string.Join('\n', issues));
    }

    /// <summary>Returns serious and critical issues. The policy of the page stays in force: nothing is added to it.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(OpenPage page)
    {
        if (!await page.Page.EvaluateAsync<bool>("() => !!window.axe"))
        {
            await page.Page.EvaluateAsync($"() => {{ {Source} }}");
        }

        var found = await page.Page.EvaluateAsync<JsonElement>(Run);
        return [.. found.EnumerateArray().Select(issue => issue.GetString()!)];
    }
}
