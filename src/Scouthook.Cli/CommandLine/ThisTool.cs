namespace Scouthook.Cli.CommandLine;

/// <summary>The tool as it was started.</summary>
internal static class ThisTool
{
    private const string Name = "scouthook";

    /// <summary>The command to paste: the name if it is installed, otherwise the path, as after <c>dotnet run</c> in a checkout.</summary>
    public static string Command { get; } = CommandOf(Environment.ProcessPath);

    /// <summary>Writes an argument as it is pasted into a shell: a name may contain spaces and other characters that a shell interprets.</summary>
    public static string Argument(string text) =>
        text.All(character => char.IsLetterOrDigit(character) || "-_.:/@".Contains(character, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string CommandOf(string? path)
    {
        if (path is null || Path.GetFileNameWithoutExtension(path) is Name or "dotnet")
        {
            return Name;
        }

        return path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
    }
}
