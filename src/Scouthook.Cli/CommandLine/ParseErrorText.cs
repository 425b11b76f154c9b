using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Scouthook.Cli.CommandLine;

/// <summary>Replaces the parser's messages that name .NET types, list values over several lines, or don't name what is missing.</summary>
internal static partial class ParseErrorText
{
    public static string For(ParseError error) => error.Message switch
    {
        _ when WrongType().Match(error.Message) is { Success: true } match =>
            $"'{match.Groups["value"].Value}' is not valid for {NameOf(error.SymbolResult)}; it must be {Describe(match.Groups["type"].Value)}.",
        _ when WrongChoice().Match(error.Message) is { Success: true } match =>
            $"'{match.Groups["value"].Value}' is not valid for {NameOf(error.SymbolResult)}; it must be {Choices(match.Groups["choice"].Captures)}.",
        _ when error.Message.StartsWith("Required argument missing", StringComparison.Ordinal) && ArgumentOf(error.SymbolResult) is { } argument =>
            $"<{argument}> is required.",
        _ when error.Message.StartsWith("Required command", StringComparison.Ordinal) && error.SymbolResult is CommandResult result =>
            $"A command is required: {string.Join(" or ", result.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name))}.",
        var message => message,
    };

    private static string NameOf(SymbolResult? symbol) => symbol switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult { Parent: OptionResult option } => option.Option.Name,
        ArgumentResult argument => $"<{argument.Argument.HelpName ?? argument.Argument.Name}>",
        _ => "this argument",
    };

    private static string? ArgumentOf(SymbolResult? symbol) => symbol switch
    {
        ArgumentResult { Parent: CommandResult } argument => argument.Argument.HelpName ?? argument.Argument.Name,
        CommandResult { Command.Arguments: [var argument, ..] } => argument.HelpName ?? argument.Name,
        _ => null,
    };

    private static string Describe(string type) => type switch
    {
        "Int32" or "Int64" => "a whole number",
        "Boolean" => "true or false",
        _ => "a number",
    };

    private static string Choices(CaptureCollection choices) => choices.Count == 1
        ? choices[0].Value
        : $"{string.Join(", ", choices.SkipLast(1).Select(choice => choice.Value))} or {choices[^1].Value}";

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for (?:option|command) '[^']*' as expected type '[^']*?(?<type>Int32|Int64|Double|Boolean)[^']*'\.", RegexOptions.Singleline)]
    private static partial Regex WrongType();

    [GeneratedRegex(@"^Argument '(?<value>.*)' not recognized\. Must be one of:(?:\s+'(?<choice>[^']*)')+\s*$", RegexOptions.Singleline)]
    private static partial Regex WrongChoice();
}
