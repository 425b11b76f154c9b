using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.TestSupport.Gateways;

/// <summary>Endpoints and deliveries by the management API.</summary>
internal static class DeliveryApiExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<JsonNode> PostJsonAsync(
        this HttpClient client, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/{path}", body ?? new { }, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.StatusCode == expected, $"{path} answered {answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public static async Task<JsonNode> EndpointAsync(this HttpClient client, string name) =>
        (await client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray().Single(item => (string?)item!["name"] == name)!;

    /// <summary>Returns all deliveries matching a query, newest first.</summary>
    public static async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(this HttpClient client, string query = "")
    {
        var items = new List<JsonNode>();
        var next = "";
        do
        {
            var page = await client.JsonAsync($"/api/v1/deliveries?{query}&limit=500{next}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = (string?)page["next"] is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : null;
        }
        while (next is not null);
        return items;
    }

    /// <summary>Returns the only delivery to an endpoint, with its attempts, once it is in a state.</summary>
    public static async Task<JsonNode> DeliveryAsync(this HttpClient client, string endpoint, string state)
    {
        var id = (await client.EndpointAsync(endpoint))["id"];
        JsonNode? found = null;
        await Eventually.AnswersTrueAsync(
            async () => (found = (await client.DeliveriesAsync($"endpoint={id}")).SingleOrDefault()) is not null
                && (string?)found["state"] == state,
            $"the delivery to {endpoint} is {state}");
        return await client.JsonAsync($"/api/v1/deliveries/{found!["id"]}");
    }

    /// <summary>Waits until nothing is pending or leased.</summary>
    public static async Task DrainAsync(this RunningGateway gateway, TimeSpan? patience = null, Func<long>? progress = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        var before = progress?.Invoke();
        string[] open = ["pending", "leased"];
        foreach (var state in open.Concat(open))
        {
            while ((await gateway.Client.JsonAsync($"/api/v1/deliveries?state={state}&limit=1"))["items"]!.AsArray().Count > 0)
            {
                if (progress?.Invoke() is { } now && now != before)
                {
                    (started, before) = (TimeProvider.System.GetTimestamp(), now);
                }

                Assert.True(
                    TimeProvider.System.GetElapsedTime(started) < (patience ?? Patience),
                    $"deliveries stay {state}:\n{gateway.Output}");
                await Eventually.PauseAsync();
            }
        }
    }
}
