using System.Globalization;
using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Emitting;

/// <summary>Shows the report of an emission: a table for people, a line for programs.</summary>
internal static class EmitView
{
    public static void WriteJson(EmitReport report) => JsonOutput.Write(new
    {
        to = report.Target.AbsoluteUri,
        sent = report.Sent,
        accepted = report.Accepted,
        failed = report.Sent - report.Accepted,
        stopped = report.Stopped,
        events = report.Rows.Select(row => new
        {
            @event = row.EventName,
            sent = row.Sent,
            accepted = row.Accepted,
            answers = row.Answers.ToDictionary(answer => answer.Key, answer => answer.Value.Count),
            slowestMs = Math.Round(row.Slowest.TotalMilliseconds, 1),
        }),
        ok = report.Ok,
    });

    public static void WriteTable(EmitReport report)
    {
        if (report.Rows.Count > 0)
        {
            Screen.Out.Write(Table(report));
        }

        if (report.Stopped)
        {
            Screen.Out.MarkupLine($"[{Palette.Waiting}]Stopped before everything was sent.[/]");
        }

        if (report.Sent == report.Accepted)
        {
            Screen.Out.MarkupLineInterpolated($"[{Palette.Good}]{Events(report.Sent)} sent to {report.Target}, {(report.Sent == 1 ? "accepted" : "all accepted")}.[/]");
            return;
        }

        Screen.Out.MarkupLineInterpolated(
            $"[{Palette.Bad}]{(report.Sent == 1 ? "The event was" : $"{report.Sent - report.Accepted} of {Events(report.Sent)} were")} not accepted[/] by {report.Target}.");
        foreach (var failure in report.Failures)
        {
            var name = $"  {failure}:";
            var advice = Prose.OnScreen($"{name} {FailureAdvice.For(failure, report.Target)}");
            Screen.Out.MarkupLineInterpolated($"[bold]{name}[/]{advice[name.Length..]}");
        }
    }

    private static Table Table(EmitReport report)
    {
        var table = Screen.Table("Event", "Sent", "Responses", "Slowest");
        table.Columns[1].RightAligned();
        table.Columns[3].RightAligned();
        foreach (var row in report.Rows)
        {
            var answers = row.Answers.Select(answer =>
                $"[{(answer.Value.Accepted ? Palette.Good : Palette.Bad)}]{answer.Key}[/]"
                + (answer.Value.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" × {answer.Value.Count}") : ""));
            table.AddRow(
                new Markup(Markup.Escape(row.EventName)),
                new Markup(row.Sent.ToString(CultureInfo.InvariantCulture)),
                new Markup(string.Join(", ", answers)),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"{row.Slowest.TotalMilliseconds:0.0} ms")));
        }

        return table;
    }

    private static string Events(int count) => count == 1 ? "1 event" : $"{count} events";
}
