using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Reads ids from the command line, so that a typo is reported as one and not as "not found".</summary>
internal static class IdArgument
{
    public const int MinEnding = 8;

    private const int WholeDigits = 32;

    /// <summary>Reads an id, or its last digits, which the gateway completes.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string Read(string text, string of)
    {
        if (Guid.TryParseExact(text.Trim(), "D", out var id))
        {
            return id.ToString();
        }

        var digits = text.Trim().Replace("-", "", StringComparison.Ordinal);
        return digits.Length is >= MinEnding and < WholeDigits && digits.All(char.IsAsciiHexDigit)
            ? digits
            : throw new UsageException(
                $"{text} is not the id of {of}. Pass an id such as 01990f6e-0000-7000-8000-000000000000, or at least its last "
                + $"{MinEnding} digits.");
    }

    /// <summary>Returns whether an id that was read is complete.</summary>
    public static bool IsWhole(string id) => Guid.TryParseExact(id, "D", out _);

    /// <summary>Finds the item of a list whose id is, or ends with, the given one.</summary>
    /// <exception cref="UsageException">It is not an id, or several items have this ending.</exception>
    /// <returns>The whole id; <see langword="null"/> if no item has it.</returns>
    public static string? Find(string text, string of, IEnumerable<string> ids)
    {
        var ending = Read(text, of);
        if (IsWhole(ending))
        {
            return ending;
        }

        var matches = ids.Where(id => id.Replace("-", "", StringComparison.Ordinal).EndsWith(ending, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches.Count < 2
            ? matches.FirstOrDefault()
            : throw new UsageException(
                $"{text} is the ending of several ids:{string.Concat(matches.Select(id => $"{Environment.NewLine}  {id}"))}");
    }
}
