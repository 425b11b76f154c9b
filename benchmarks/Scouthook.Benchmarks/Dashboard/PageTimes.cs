using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Measures the time from opening each page to its content.</summary>
internal static class PageTimes
{
    private static readonly (Row Row, Func<Ids, string> Address)[] Pages =
    [
        Page("overview", _ => ""),
        Page("overview, 30 days", _ => "?window=30d"),
        Page("events", _ => "events"),
        Page("events of a type and a state", _ => "events?type=convo.tags&state=ok&last=7d"),
        Page("events by search", _ => "events?q=Question%203400"),
        Page("events with dead letters", _ => "events?deliveryState=deadLettered"),
        Page("events, nothing found", _ => "events?type=tag.created"),
        Page("event", ids => $"events/{ids.Event}"),
        Page("deliveries", _ => "deliveries"),
        Page("deliveries that were made", _ => "deliveries?state=delivered&last=30d"),
        Page("deliveries of a type", _ => "deliveries?type=convo.tags"),
        Page("dead letters", _ => "dead-letters"),
        Page("delivery", ids => $"deliveries/{ids.DeadLetter}"),
        Page("endpoints", _ => "endpoints"),
        Page("endpoint", ids => $"endpoints/{ids.Endpoint}"),
        Page("endpoint, 30 days", ids => $"endpoints/{ids.Endpoint}?window=30d"),
        Page("edit endpoint", ids => $"endpoints/{ids.Endpoint}/edit"),
        Page("replays", _ => "replays"),
        Page("sources", _ => "sources"),
        Page("contract", _ => "contract"),
        Page("contract of an event", _ => "contract/convo.created"),
        Page("keys", _ => "keys"),
        Page("audit", _ => "audit"),
    ];

    public static IEnumerable<Row> Rows => Pages.Select(page => page.Row);

    public static async Task MeasureAsync(Run run, Accepting.Gateway gateway, DashboardBrowser browser)
    {
        var ids = await IdsAsync(gateway);
        var page = await browser.OpenAsync();
        foreach (var (row, address) in Pages)
        {
            for (var round = -1; round < run.Effort.Rounds; round++)
            {
                var waited = await DashboardBrowser.ShowAsync(page, address(ids));
                if (round >= 0)
                {
                    run.Record(row, waited.TotalMilliseconds);
                }
            }
        }

        await page.CloseAsync();
    }

    private static (Row Row, Func<Ids, string> Address) Page(string name, Func<Ids, string> address) =>
        (new Row($"page: {name}", "ms", Aim: Aim.ValueAtMost(1_000, "ms")), address);

    private static async Task<Ids> IdsAsync(Accepting.Gateway gateway)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{gateway.Address}/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DashboardStore.Key);
        return new Ids(
            await FirstAsync(client, "events?limit=1"),
            await FirstAsync(client, "deliveries?state=deadLettered&limit=1"),
            await FirstAsync(client, "endpoints"));
    }

    private static async Task<string> FirstAsync(HttpClient client, string list) =>
        (string)(await client.GetFromJsonAsync<JsonNode>(list))!["items"]![0]!["id"]!;

    private sealed record Ids(string Event, string DeadLetter, string Endpoint);
}
