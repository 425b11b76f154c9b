using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Demonstrating;

/// <summary>Shows what the demo found: a table for people, a line for programs.</summary>
internal static class DemoView
{
    public static void WriteJson(DemoReport report, Uri address, Uri helpScout)
    {
        var json = new JsonObject();
        for (var stage = 0; stage < report.Stages.Length; stage++)
        {
            json[report.Stages[stage]] = report.Total(stage);
        }

        json["events"] = report.Events;
        json["url"] = address.AbsoluteUri;
        json["helpScout"] = helpScout.AbsoluteUri;
        json["off"] = new JsonArray([.. report.Rows.Where(row => !row.Ok).Select(row => Off(report, row))]);
        json["ok"] = report.Ok;
        JsonOutput.Write(json);
    }

    public static void WriteTable(DemoReport report)
    {
        var table = Screen.Table(["Event", .. report.Stages.Select(Title), ""]);
        foreach (var row in report.Rows)
        {
            table.AddRow(
            [
                new Markup(row.Ok ? row.EventName : $"[{Palette.Bad}]{row.EventName}[/]"),
                .. row.Counts.Select(count => new Markup(Cell(count)).Centered()),
                new Markup(row.Problem is { } problem ? $"[{Palette.Bad}]{Markup.Escape(problem)}[/]" : ""),
            ]);
        }

        Screen.Out.Write(new Padder(table, new Padding(2, 0, 0, 0)));
        var totals = string.Join(", ", report.Stages.Select((stage, at) => $"{report.Total(at)} {stage}"));
        Screen.Out.MarkupLine(report.Ok
            ? $"[{Palette.Good}]{totals}. Each of the {report.Events} events was stored and delivered exactly once, byte for byte and under its own name.[/]"
            : $"[{Palette.Bad}]{totals}. {report.Rows.Count(row => !row.Ok)} of {report.Rows.Length} events went wrong.[/]");
    }

    private static JsonObject Off(DemoReport report, DemoRow row)
    {
        var off = new JsonObject { ["event"] = row.EventName };
        for (var stage = 0; stage < report.Stages.Length; stage++)
        {
            off[report.Stages[stage]] = row.Counts[stage];
        }

        off["problem"] = row.Problem;
        return off;
    }

    private static string Title(string stage) => char.ToUpperInvariant(stage[0]) + stage[1..];

    private static string Cell(int count) => count switch
    {
        1 => $"[{Palette.Good}]✓[/]",
        0 => $"[{Palette.Bad}]-[/]",
        _ => string.Create(CultureInfo.InvariantCulture, $"[{Palette.Bad}]{count}[/]"),
    };
}
