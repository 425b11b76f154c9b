using System.Diagnostics;
using System.Globalization;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Measures accepting while several browsers follow the list of events, against accepting alone.</summary>
/// <remarks>
/// The browser shares the processors with the gateway and the client, so the ratio of the rates counts its work too. The
/// processor time of the gateway does not.
/// </remarks>
internal static class OpenTails
{
    private const int Tails = 5;
    private const int Connections = 64;
    private const int MostPerSecond = 12_000;

    public static async Task MeasureAsync(
        Accepting.Gateway gateway, DashboardBrowser browser, SignedEvents events, string data, int rounds, TimeSpan time, Action<FormattableString> report)
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, Tails).Select(_ => browser.OpenAsync()));
        List<(double Rate, double Cost)> open = [], closed = [];
        for (var round = -1; round < rounds; round++)
        {
            // First and second in turn, so that a store that grows favours neither.
            var isOpenFirst = round % 2 == 0;
            foreach (var isOpen in (bool[])[isOpenFirst, !isOpenFirst])
            {
                await Task.WhenAll(pages.Select(page => isOpen ? (Task)DashboardBrowser.ShowAsync(page, "events") : page.GotoAsync("about:blank")));
                var measured = await MeasureAsync(gateway, events, data, time);
                if (round >= 0)
                {
                    (isOpen ? open : closed).Add(measured);
                }
            }
        }

        double[] rates = [.. open.Zip(closed, (with, without) => with.Rate / without.Rate).Order()];
        double[] costs = [.. open.Zip(closed, (with, without) => with.Cost / without.Cost).Order()];
        report($"- accept with {Tails} open live tails {Median(open):N0} events/s, with none {Median(closed):N0}: **{rates[rates.Length / 2]:0.00} ×** (from {rates[0]:0.00} to {rates[^1]:0.00}; aim ≥ 0.9; the browser shares the processors)");
        report($"- CPU of the gateway per event with them: **{costs[costs.Length / 2]:0.00} ×** (from {costs[0]:0.00} to {costs[^1]:0.00})");
    }

    private static async Task<(double Rate, double Cost)> MeasureAsync(Accepting.Gateway gateway, SignedEvents events, string data, TimeSpan time)
    {
        byte[][] requests = [.. Enumerable.Range(0, (int)(MostPerSecond * time.TotalSeconds)).Select(_ => events.NextRequest())];
        using var process = Find(data);
        var before = process.TotalProcessorTime;
        var rate = await LoadClient.SaturateAsync(gateway.Address, Connections, requests, time);
        process.Refresh();
        return (rate, (process.TotalProcessorTime - before).TotalSeconds / (rate * time.TotalSeconds));
    }

    /// <summary>Finds the process of the gateway by its data directory, which no other has.</summary>
    private static Process Find(string data) => Process.GetProcessById(int.Parse(
        Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .First(name => char.IsAsciiDigit(name[0]) && Arguments(name).Contains(data)),
        CultureInfo.InvariantCulture));

    private static string[] Arguments(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }
    }

    private static double Median(List<(double Rate, double Cost)> measured)
    {
        var sorted = measured.Select(one => one.Rate).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
