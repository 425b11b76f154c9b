using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Scouthook.Cli.Commands;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Every command of the tool on a page is one that the tool understands.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly string[] Tool = ["scouthook"];

    private static readonly string[] FromSources = ["dotnet", "run", "--project", "src/Scouthook.Cli", "--"];

    public static TheoryData<string> Pages =>
    [
        .. new[] { "", "docs", "docs/decisions", "deploy", "contract" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.md"))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("samples"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("src"), "README.md", SearchOption.AllDirectories))
            .Where(page => Commands(File.ReadAllText(page)).Any())
            .Select(page => Path.GetRelativePath(Repository.Root, page))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Tool_understands_the_commands_of_a_page(string page)
    {
        var root = new ScouthookCommand(TimeProvider.System);

        var problems = Commands(File.ReadAllText(Repository.PathOf(page))).SelectMany(command => root.Parse(command).Errors
            .Select(error => $"{string.Join(' ', command)}: {error.Message}"));

        Assert.Equal([], problems);
    }

    [Fact]
    public void Commands_are_found_in_every_form_that_pages_use()
    {
        const string Page = """
            ```bash
            export KEY=1 # scouthook no
            A=b scouthook events --type 'scouthook.*' \\
              --all   # a comment
            body=$(scouthook sign --secret S) | scouthook verify --secret "a b" && dotnet run --project src/Scouthook.Cli -- demo
            scouthook-data
            ```
            scouthook not in a block
            """;

        Assert.Equal(
            ["events|--type|scouthook.*|--all", "sign|--secret|S", "verify|--secret|a b", "demo"],
            Commands(Page.Replace("\\\\", "\\", StringComparison.Ordinal)).Select(words => string.Join('|', words)));
        Assert.NotEmpty(new ScouthookCommand(TimeProvider.System).Parse(["emit", "--no-such-option"]).Errors);
    }

    /// <summary>The arguments of each command of the tool in the shell blocks of a page.</summary>
    private static IEnumerable<string[]> Commands(string page)
    {
        foreach (Match block in Block().Matches(page))
        {
            foreach (var words in Split(block.Groups[1].Value))
            {
                var command = words.SkipWhile(word => Assignment().IsMatch(word)).ToArray();
                foreach (var prefix in new[] { Tool, FromSources }.Where(prefix => command.Take(prefix.Length).SequenceEqual(prefix)))
                {
                    yield return command[prefix.Length..];
                }
            }
        }
    }

    /// <summary>Splits a script into commands and those into words, as far as pages need it.</summary>
    private static List<List<string>> Split(string script)
    {
        var commands = new List<List<string>> { new() };
        var word = new StringBuilder();
        char? quote = null;
        for (var index = 0; index < script.Length; index++)
        {
            var character = script[index];
            switch (character)
            {
                case '\\' when quote != '\'' && script[index + 1] == '\n':
                    index++;
                    break;
                case '\'' or '"' when quote is null || quote == character:
                    quote = quote is null ? character : null;
                    break;
                case '#' when quote is null && word.Length == 0:
                    index = script.IndexOf('\n', index) - 1;
                    break;
                case '$' when quote is null && script[index + 1] == '(':
                case '\n' or '|' or '&' or ';' or '(' or ')' when quote is null:
                case '>' when quote is null && word.Length == 0:
                    EndWord();
                    commands.Add([]);
                    break;
                case ' ' or '\t' when quote is null:
                    EndWord();
                    break;
                default:
                    word.Append(character);
                    break;
            }
        }

        EndWord();
        return commands;

        void EndWord()
        {
            if (word.Length > 0)
            {
                commands[^1].Add(word.ToString());
                word.Clear();
            }
        }
    }

    [GeneratedRegex(@"^\s*```(?:bash|sh)\n(.*?\n)\s*```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=")]
    private static partial Regex Assignment();
}
