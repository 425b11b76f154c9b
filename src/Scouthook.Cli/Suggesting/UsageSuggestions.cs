using System.CommandLine;
using System.CommandLine.Parsing;

namespace Scouthook.Cli.Suggesting;

/// <summary>Finds the misspelt command or option in a command line, and what was probably meant.</summary>
internal static class UsageSuggestions
{
    private const int MaxSuggestions = 3;

    /// <summary>Finds the mistake in a command line that does not parse.</summary>
    /// <returns>A sentence, or <see langword="null"/> if it is none of these.</returns>
    public static string? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return Words(parsed).FirstOrDefault() is { } first && !IsOption(first) && command.Subcommands.Count > 0 && command.Arguments.Count == 0
            ? Sentence("command", first, CommandsOf(parsed))
            : UnknownOption(parsed) ?? UnknownCommand(parsed);
    }

    /// <summary>Finds an option that is not known. The parser takes it for an argument if the command has one.</summary>
    /// <returns>A sentence, or <see langword="null"/> if every option is known.</returns>
    public static string? UnknownOption(ParseResult parsed) => Words(parsed).FirstOrDefault(IsOption) is { } typed
        ? Sentence("option", typed, OptionsOf(parsed))
        : null;

    /// <summary>Finds a subcommand that is not known, where an argument of the command may be what was meant.</summary>
    /// <returns>A sentence with similar subcommands, or <see langword="null"/> if there are none.</returns>
    public static string? UnknownCommand(ParseResult parsed)
    {
        var known = CommandsOf(parsed);
        return Words(parsed).FirstOrDefault() is { } typed && NearestNames.Of(typed, known, 1).Count > 0
            ? Sentence("command", typed, known)
            : null;
    }

    private static bool IsOption(string word) => word.StartsWith('-') && word.Length > 1 && !char.IsAsciiDigit(word[1]);

    private static string Sentence(string kind, string typed, IEnumerable<string> known)
    {
        var near = NearestNames.Of(typed, known, MaxSuggestions);
        return $"Unrecognized {kind} '{typed}'." + (near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?");
    }

    /// <summary>Returns what the parser assigned to the arguments of the command, or to nothing; never the value of an option.</summary>
    private static IEnumerable<string> Words(ParseResult parsed) => parsed.Tokens.Any(token => token.Type is TokenType.DoubleDash)
        ? []
        : parsed.CommandResult.Tokens.Select(token => token.Value).Concat(parsed.UnmatchedTokens);

    private static IEnumerable<string> CommandsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Command.Options.Where(option => !option.Hidden && (option.Recursive || result == parsed.CommandResult)))
            {
                yield return option.Name;
            }
        }
    }
}
