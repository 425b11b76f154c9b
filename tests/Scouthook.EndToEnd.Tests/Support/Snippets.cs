using System.Text;
using System.Text.RegularExpressions;

namespace Scouthook.EndToEnd.Tests.Support;

/// <summary>Regions between <c>// begin-snippet: name</c> and <c>// end-snippet</c>, and their quotations.</summary>
internal static partial class Snippets
{
    public static Dictionary<string, string> ReadAll(params string[] folders)
    {
        var snippets = new Dictionary<string, string>();
        foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)))
        {
            List<string>? region = null;
            var name = "";
            foreach (var line in File.ReadLines(file))
            {
                if (BeginSnippet.Match(line) is { Success: true } begin)
                {
                    name = begin.Groups[1].Value;
                    region = [];
                }
                else if (line.Trim() == "// end-snippet")
                {
                    snippets.Add(name, WithoutIndentation(region!));
                    region = null;
                }
                else
                {
                    region?.Add(line);
                }
            }
        }

        return snippets;
    }

    public static List<string> Check(string[] readme, Dictionary<string, string> samples)
    {
        var problems = new List<string>();
        for (var number = 0; number < readme.Length; number++)
        {
            if (!CSharpFence.IsMatch(readme[number]))
            {
                continue;
            }

            var marker = number > 0 ? Marker.Match(readme[number - 1]) : Match.Empty;
            var quote = string.Join('\n', readme.Skip(number + 1).TakeWhile(line => line.Trim() != "```"));
            if (!marker.Success)
            {
                problems.Add($"Line {number + 1}: C# without a marker <!-- snippet: name --> on the line before.");
            }
            else if (!samples.TryGetValue(marker.Groups[1].Value, out var sample))
            {
                problems.Add($"Line {number + 1}: no sample has a region {marker.Groups[1].Value}.");
            }
            else if (sample != quote)
            {
                problems.Add($"Line {number + 1}: differs from the region {marker.Groups[1].Value}, which is\n{sample}");
            }
        }

        return problems;
    }

    private static string WithoutIndentation(List<string> lines)
    {
        var indentation = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        var text = new StringBuilder();
        text.AppendJoin('\n', lines.Select(line => line.Length > 0 ? line[indentation..] : line));
        return text.ToString();
    }

    [GeneratedRegex(@"^\s*// begin-snippet: (\S+)\s*$")]
    private static partial Regex BeginSnippet { get; }

    [GeneratedRegex(@"^\s*```\s*(csharp|cs|c#)(\s|$)", RegexOptions.IgnoreCase)]
    private static partial Regex CSharpFence { get; }

    [GeneratedRegex(@"^\s*<!-- snippet: (\S+) -->\s*$")]
    private static partial Regex Marker { get; }
}
