using System.Text;
using Spectre.Console;

namespace Scouthook.Cli.CommandLine;

/// <summary>Writes sentences for people, broken between words on a terminal.</summary>
/// <remarks>
/// Neither a word nor a command to paste is broken. One that is longer than a line is left to the terminal, which copies it as one.
/// </remarks>
internal static class Prose
{
    private const string Tool = "scouthook";
    private const string EndOfCommand = ".,;:?)";

    public static void WriteLine(string text, int hanging = 0) => Console.Out.WriteLine(OnScreen(text, hanging));

    /// <summary>Breaks a text for standard output, unless that is a file or a pipe.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hanging">Blanks before each line that continues another one, in addition to those that it starts with.</param>
    public static string OnScreen(string text, int hanging = 0) =>
        Screen.IsRedirected ? text : Wrap(text, Screen.Out.Profile.Width, hanging);

    public static string Wrap(string text, int width, int hanging = 0) =>
        string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(line => WrapLine(line, width, hanging)));

    private static string WrapLine(string line, int width, int hanging)
    {
        var start = line[..^line.TrimStart(' ').Length];
        var indent = start + new string(' ', hanging);
        var wrapped = new StringBuilder(start);
        var used = start.Length;
        foreach (var unit in Units(line[start.Length..], width - indent.Length))
        {
            var length = unit.GetCellWidth();
            if (used + length > width && used > indent.Length)
            {
                // A blank at the end of a line would only make the terminal wrap it.
                while (wrapped.Length > 0 && wrapped[^1] == ' ')
                {
                    wrapped.Length--;
                }

                wrapped.AppendLine().Append(indent);
                used = indent.Length;
            }

            wrapped.Append(unit).Append(' ');
            used += length + 1;
        }

        return wrapped.ToString().TrimEnd(' ');
    }

    /// <summary>Returns the words of a line, and each command as one, unless that is longer than a line.</summary>
    private static IEnumerable<string> Units(string line, int width)
    {
        var words = line.Split(' ');
        for (var at = 0; at < words.Length; at++)
        {
            var end = at;
            if (words[at] == Tool)
            {
                while (end + 1 < words.Length && !EndOfCommand.Contains(words[end].LastOrDefault(), StringComparison.Ordinal))
                {
                    end++;
                }
            }

            var command = string.Join(' ', words[at..(end + 1)]);
            if (end > at && command.GetCellWidth() <= width)
            {
                yield return command;
                at = end;
            }
            else
            {
                yield return words[at];
            }
        }
    }
}
