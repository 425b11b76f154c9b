using System.Text.RegularExpressions;

namespace Scouthook.EndToEnd.Tests.Support;

/// <summary>Blocks of shell commands in the README that tests run, each after a marker <c>&lt;!-- run: name --&gt;</c>.</summary>
internal static partial class CommandBlocks
{
    /// <summary>Reads a block.</summary>
    /// <remarks>
    /// The projects were built with these tests, so <c>dotnet run</c> need not build them again. Nothing else is changed here.
    /// </remarks>
    public static string Read(string name) => All().Single(block => block.Name == name).Commands
        .Replace("dotnet run --project", $"dotnet run --no-build --configuration {Repository.Configuration} --project", StringComparison.Ordinal);

    /// <summary>Returns all blocks; those without a marker have no name.</summary>
    public static IReadOnlyList<(string Name, string Commands)> All() =>
    [
        .. Block().Matches(File.ReadAllText(Repository.PathOf("README.md")))
            .Select(match => (match.Groups["name"].Value, match.Groups["commands"].Value)),
    ];

    [GeneratedRegex(@"(<!-- run: (?<name>\S+) -->\n)?^```bash\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
