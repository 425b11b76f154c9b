using Microsoft.Playwright;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Measures accepting while several browsers follow the list of events, against accepting alone.</summary>
internal static class OpenTails
{
    private const int Tails = 5;

    private static readonly Row Rate = new(
        "accept with 5 open lists of events", "events/s", "with none", Aim.RatioAtLeast(0.9));

    private static readonly Row Cost = new("CPU of the gateway per event with 5 open lists", "µs", "with none");

    public static IReadOnlyList<Row> Rows => [Rate, Cost];

    public static async Task MeasureAsync(Run run, Accepting.Gateway gateway, DashboardBrowser browser, SignedEvents events)
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, Tails).Select(_ => browser.OpenAsync()));
        for (var round = -1; round < run.Effort.Rounds; round++)
        {
            // First and second in turn, so that a store that grows favours neither.
            var isOpenFirst = round % 2 == 0;
            var first = await MeasureAsync(run, gateway, events, pages, isOpenFirst);
            var second = await MeasureAsync(run, gateway, events, pages, !isOpenFirst);
            if (round >= 0)
            {
                var (open, closed) = isOpenFirst ? (first, second) : (second, first);
                run.Record(Rate, open.Rate, closed.Rate);
                run.Record(Cost, open.Cost, closed.Cost);
            }
        }
    }

    private static async Task<(double Rate, double Cost)> MeasureAsync(
        Run run, Accepting.Gateway gateway, SignedEvents events, IPage[] pages, bool areOpen)
    {
        await Task.WhenAll(pages.Select(page =>
            areOpen ? (Task)DashboardBrowser.ShowAsync(page, "events") : page.GotoAsync("about:blank")));
        var before = gateway.ProcessorSeconds;
        var load = await Rounds.SaturateAsync(run, gateway.Address, events, run.Effort.Time);
        return (load.PerSecond, (gateway.ProcessorSeconds - before) * 1_000_000 / load.Answered);
    }
}
