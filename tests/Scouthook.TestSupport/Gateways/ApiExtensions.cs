using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.TestSupport.Gateways;

/// <summary>Reads the management API as any client would: as JSON, without shared types.</summary>
internal static class ApiExtensions
{
    /// <summary>How long <c>/readyz</c> and <c>/metrics</c> repeat a result, with a margin for a coarse clock.</summary>
    private static readonly TimeSpan ResultPeriod = TimeSpan.FromMilliseconds(1100);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<JsonNode> JsonAsync(
        this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(path, Cancelled);
        Assert.True(
            answer.StatusCode == expected,
            $"{path} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancelled)}");
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;
    }

    public static async Task<IReadOnlyList<JsonNode>> EventsAsync(this HttpClient client, string query = "")
    {
        var items = new List<JsonNode>();
        string? next = null;
        do
        {
            var mark = query.Length > 0 ? "&" : "";
            var page = await client.JsonAsync(
                $"/api/v1/events?{query}{(next is null ? "" : $"{mark}cursor={Uri.EscapeDataString(next)}")}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = (string?)page["next"];
        }
        while (next is not null);
        return items;
    }

    public static async Task<byte[]> BodyAsync(this HttpClient client, JsonNode stored) =>
        await client.GetByteArrayAsync($"/api/v1/events/{stored["id"]}/body", Cancelled);

    /// <summary>Reads the metrics, once earlier results have expired.</summary>
    public static async Task<string> FreshMetricsAsync(this RunningGateway gateway)
    {
        await Task.Delay(ResultPeriod, TimeProvider.System, Cancelled);
        return await gateway.MetricsAsync();
    }

    /// <summary>Reads the metrics, which may be a second old.</summary>
    public static async Task<string> MetricsAsync(this RunningGateway gateway) =>
        await gateway.Client.GetStringAsync("/metrics", Cancelled);

    /// <summary>Reads the status of <c>/readyz</c>, which requires no key, once earlier results have expired.</summary>
    public static async Task<HttpStatusCode> ReadyStatusAsync(this RunningGateway gateway)
    {
        await Task.Delay(ResultPeriod, TimeProvider.System, Cancelled);
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://127.0.0.1:{gateway.Port}/readyz", Cancelled);
        return answer.StatusCode;
    }

    /// <summary>Reads the status of <c>/readyz</c> and every check with its reason, once the two agree.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode Json)> ReadyAsync(this RunningGateway gateway)
    {
        using var client = new HttpClient();
        var (status, health) = (default(HttpStatusCode), (JsonNode?)null);
        await Eventually.AnswersTrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync($"http://127.0.0.1:{gateway.Port}/readyz", Cancelled);
                status = answer.StatusCode;
                health = await gateway.Client.JsonAsync("/api/v1/health");
                return (string?)health["status"]
                    == (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["status"];
            },
            "/readyz, at most a second old, agrees with the checks");
        return (status, health!);
    }
}
