using System.Globalization;
using System.Text.RegularExpressions;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests;

/// <summary>The benchmarks, with rounds too short for their figures to mean anything.</summary>
public sealed partial class BenchmarkTests
{
    private static readonly string Program = Repository.PathOf(
        $"benchmarks/Scouthook.Benchmarks/bin/{Repository.Configuration}/net10.0/Scouthook.Benchmarks");

    [Fact]
    public async Task Every_row_and_curve_of_the_benchmarks_can_be_measured()
    {
        using var folder = new Folder();

        // Compiled ahead, the gateway starts in half the time, and it starts some twenty times.
        string[] gateway = Environment.GetEnvironmentVariable("SCOUTHOOK_TOOL") is { Length: > 0 } tool ? ["--gateway", tool] : [];
        var run = await Command.RunAsync(Program, ["smoke", "--out", folder["smoke.md"], .. gateway], folder.Path);

        Assert.True(run.ExitCode == 0, run.All);
        var results = await File.ReadAllTextAsync(folder["smoke.md"], TestContext.Current.CancellationToken);
        var rows = RowPattern.Matches(results);
        Assert.True(rows.Count > 40, results);
        Assert.All(rows, row => Assert.True(
            double.TryParse(row.Groups["figure"].Value, CultureInfo.InvariantCulture, out var figure) && figure >= 0, row.Value));
        var images = ImagePattern.Matches(results);
        Assert.True(images.Count > 5, results);
        Assert.All(images, image => Assert.True(IsPng(folder[image.Groups["file"].Value]), image.Value));
        Assert.True(IsPng(folder["smoke/ratios.png"]));
    }

    [Fact]
    public async Task Run_in_which_a_row_cannot_be_measured_fails_and_names_it()
    {
        using var folder = new Folder();

        var run = await Command.RunAsync(
            Program, ["smoke", "follow", "--gateway", folder["no-gateway"], "--out", folder["smoke.md"]], folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not measured: accept beside 20 followers that do not read", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "| not measured |", await File.ReadAllTextAsync(folder["smoke.md"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static bool IsPng(string file) => File.ReadAllBytes(file) is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    /// <summary>A row of a table, but not its header: what was measured, and the figure.</summary>
    [GeneratedRegex(@"^\| [^|]+ \| (?<figure>[^ |]+) .*$(?!\n\|---)", RegexOptions.Multiline)]
    private static partial Regex RowPattern { get; }

    [GeneratedRegex(@"^!\[[^]]*\]\((?<file>[^)]+)\)$", RegexOptions.Multiline)]
    private static partial Regex ImagePattern { get; }
}
