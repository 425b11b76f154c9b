using System.Diagnostics;
using System.Globalization;
using System.Text;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Measures how long a reader waits for each page on a full store, and what open pages cost receiving.</summary>
internal static class DashboardBenchmark
{
    /// <returns>The results, as Markdown.</returns>
    public static async Task<string> RunAsync(int rounds, TimeSpan time, int rows)
    {
        var results = new StringBuilder();
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        try
        {
            var data = Path.Combine(directory.FullName, "data");
            var events = new SignedEvents(0);
            Report($"## The dashboard with {rows:N0} stored events, each delivered");
            Report($"");
            var filling = Stopwatch.StartNew();
            await DashboardStore.FillAsync(data, events, rows);
            Console.Error.WriteLine($"filled in {filling.Elapsed.TotalSeconds:0} s");

            await using var gateway = await Accepting.Gateway.StartAsync(data, ("Scouthook:Gateway:AdminKey", DashboardStore.Key));
            await using var browser = await DashboardBrowser.StartAsync(new Uri($"http://{gateway.Address}/"), DashboardStore.Key);
            await PageTimes.MeasureAsync(gateway, browser, rounds, Report);
            await OpenTails.MeasureAsync(gateway, browser, events, data, rounds, time, Report);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return results.ToString();

        void Report(FormattableString line)
        {
            var text = line.ToString(CultureInfo.InvariantCulture);
            Console.Error.WriteLine(text);
            results.AppendLine(text);
        }
    }
}
