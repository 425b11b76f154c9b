using System.Text.RegularExpressions;

namespace Scouthook.Cli.CommandLine;

/// <summary>Replaces the names of .NET types in the parser's messages.</summary>
internal static partial class ParseErrorText
{
    public static string For(string message) => WrongType().Match(message) is { Success: true } match
        ? $"'{match.Groups["value"].Value}' is not valid for {match.Groups["symbol"].Value}; it must be {Describe(match.Groups["type"].Value)}."
        : message;

    private static string Describe(string type) => type switch
    {
        "Int32" or "Int64" => "a whole number",
        "Boolean" => "true or false",
        _ => "a number",
    };

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for (?:option|command) '(?<symbol>[^']*)' as expected type '[^']*?(?<type>Int32|Int64|Double|Boolean)[^']*'\.", RegexOptions.Singleline)]
    private static partial Regex WrongType();
}
