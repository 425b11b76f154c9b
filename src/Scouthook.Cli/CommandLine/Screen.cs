using Spectre.Console;

namespace Scouthook.Cli.CommandLine;

/// <summary>Writes output for people: colours and progress only on a terminal.</summary>
internal static class Screen
{
    /// <summary>Wider than any line, so that output to a file or a pipe is never wrapped.</summary>
    private const int WidthOfFiles = 100_000;

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>True if standard output is a file or a pipe.</summary>
    public static bool IsRedirected => Console.IsOutputRedirected;

    /// <summary>Creates a table in the style of this tool: a bold heading and no lines.</summary>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        const int gap = 2;
        var table = new Table().Border(TableBorder.None).NoSafeBorder();
        for (var at = 0; at < columns.Length; at++)
        {
            table.AddColumn(new TableColumn(new Text(columns[at], IsRedirected ? Style.Plain : new Style(decoration: Decoration.Bold)))
                .NoWrap().Padding(0, 0, at == columns.Length - 1 ? 0 : gap, 0));
        }

        return table;
    }

    /// <summary>Creates the progress bars of long work, on standard error.</summary>
    public static Progress Progress() => Error.Progress().Columns(
        new TaskDescriptionColumn(),
        new ProgressBarColumn { CompletedStyle = Style.Parse(Palette.Accent), FinishedStyle = Style.Parse(Palette.Good) },
        new PercentageColumn { CompletedStyle = Style.Parse(Palette.Good) },
        new RemainingTimeColumn { Style = Style.Plain });

    /// <summary>Renders a line with the colours of the terminal, to be written by other means.</summary>
    public static string Render(string markup)
    {
        var writer = new StringWriter();
        var line = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = Out.Profile.Capabilities.Ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = (ColorSystemSupport)Out.Profile.Capabilities.ColorSystem,
            Interactive = InteractionSupport.No,
        });
        line.Profile.Width = WidthOfFiles;
        line.Markup(markup);
        return writer.ToString();
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
