using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Measures how long a reader waits for each page on a full store, and what open pages cost receiving.</summary>
internal sealed class DashboardBenchmark : IBenchmark
{
    public string Group => "dashboard";

    public string Title => "The dashboard on a full store";

    public string Notes =>
        "Each stored event has a delivery. A page is there when Chromium shows its content. The browser shares the processors with "
        + "the gateway and the client, so the rate beside open lists counts its work too; the processor time does not.";

    public IReadOnlyList<Row> Rows => [.. PageTimes.Rows, .. OpenTails.Rows];

    public async Task MeasureAsync(Run run)
    {
        var data = Path.Combine(run.NewFolder(), "data");
        var events = new SignedEvents(0);
        await DashboardStore.FillAsync(data, events, run.Effort.StoredEvents);
        await using var gateway = await Accepting.Gateway.StartAsync(data, ("Scouthook:Gateway:AdminKey", DashboardStore.Key));
        await using var browser = await DashboardBrowser.StartAsync(new Uri($"http://{gateway.Address}/"), DashboardStore.Key);
        await PageTimes.MeasureAsync(run, gateway, browser);
        await OpenTails.MeasureAsync(run, gateway, browser, events);
    }
}
