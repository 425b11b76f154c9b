namespace Scouthook.Architecture.Tests;

internal static class Findings
{
    /// <summary>Fails with all findings, none of them shortened.</summary>
    public static void AssertNone(IEnumerable<string> findings)
    {
        var lines = findings.ToList();

        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}
