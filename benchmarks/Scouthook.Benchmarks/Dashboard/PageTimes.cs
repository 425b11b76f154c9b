using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Measures the time from opening each page to its content.</summary>
internal static class PageTimes
{
    public static async Task MeasureAsync(Accepting.Gateway gateway, DashboardBrowser browser, int rounds, Action<FormattableString> report)
    {
        var page = await browser.OpenAsync();
        foreach (var (name, address) in await PagesAsync(gateway))
        {
            var times = new List<double>();
            for (var round = -1; round < rounds; round++)
            {
                var waited = await DashboardBrowser.ShowAsync(page, address);
                if (round >= 0)
                {
                    times.Add(waited.TotalMilliseconds);
                }
            }

            times.Sort();
            report($"- {name}: p50 {times[times.Count / 2]:N0} ms, max {times[^1]:N0} ms (aim ≤ 1,000 ms)");
        }

        await page.CloseAsync();
    }

    private static async Task<IReadOnlyList<(string Name, string Address)>> PagesAsync(Accepting.Gateway gateway)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{gateway.Address}/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DashboardStore.Key);
        var stored = await FirstAsync(client, "events?limit=1");
        var dead = await FirstAsync(client, "deliveries?state=deadLettered&limit=1");
        var endpoint = await FirstAsync(client, "endpoints");
        return
        [
            ("overview", ""), ("overview, 30 days", "?window=30d"), ("events", "events"),
            ("events of a type and a state", "events?type=convo.tags&state=ok&last=7d"), ("events by search", "events?q=Question%203400"),
            ("events with dead letters", "events?deliveryState=deadLettered"), ("events, nothing found", "events?type=tag.created"),
            ("event", $"events/{stored}"), ("deliveries", "deliveries"), ("deliveries that were made", "deliveries?state=delivered&last=30d"),
            ("deliveries of a type", "deliveries?type=convo.tags"), ("dead letters", "dead-letters"), ("delivery", $"deliveries/{dead}"),
            ("endpoints", "endpoints"), ("endpoint", $"endpoints/{endpoint}"), ("endpoint, 30 days", $"endpoints/{endpoint}?window=30d"),
            ("edit endpoint", $"endpoints/{endpoint}/edit"), ("replays", "replays"), ("sources", "sources"), ("contract", "contract"),
            ("contract of an event", "contract/convo.created"), ("keys", "keys"), ("audit", "audit"),
        ];
    }

    private static async Task<string> FirstAsync(HttpClient client, string list) =>
        (string)(await client.GetFromJsonAsync<JsonNode>(list))!["items"]![0]!["id"]!;
}
