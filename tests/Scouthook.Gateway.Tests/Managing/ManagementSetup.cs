using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Managing;

/// <summary>A gateway with an endpoint at a sink, and users who change it.</summary>
public sealed class ManagementSetup : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private readonly List<HttpClient> _clients = [];
    private int _made;

    internal Sink Sink { get; private set; } = null!;

    internal HostedGateway Gateway { get; private set; } = null!;

    internal HttpClient Admin => Gateway.Client;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Sink = await Sink.StartAsync();
        Gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }
            .Delivering()
            .To("declared", Sink["declared"].Url)
            .To("fixed", Sink["fixed"]));
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Gateway.DisposeAsync();
        await Sink.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Creates an endpoint at the path of the sink with the same name.</summary>
    internal async Task<JsonNode> EndpointAsync()
    {
        var name = $"endpoint-{Interlocked.Increment(ref _made)}";
        return await Admin.PostJsonAsync("endpoints", new { name, url = Sink[name].Url }, HttpStatusCode.Created);
    }

    /// <summary>Creates a user with a key; names need not be unique.</summary>
    internal async Task<(HttpClient Client, string KeyId)> PersonAsync(string name)
    {
        var key = await Admin.PostJsonAsync("keys", new { name, role = "admin" }, HttpStatusCode.Created);
        var client = new HttpClient { BaseAddress = Admin.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)key["key"]!);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return (client, (string)key["id"]!);
    }

    /// <summary>Returns entries of the audit log about one target, oldest first.</summary>
    internal async Task<IReadOnlyList<JsonNode>> AuditAsync(string? target = null)
    {
        var entries = new List<JsonNode>();
        for (var next = ""; next is not null;)
        {
            var page = await Admin.JsonAsync($"/api/v1/audit?limit=500{next}");
            entries.AddRange(page["items"]!.AsArray().Select(entry => entry!));
            next = (string?)page["next"] is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        entries.Reverse();
        return [.. entries.Where(entry => target is null || (string?)entry["target"] == target)];
    }

    internal static async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(
        HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        using var answer = await client.SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    internal static async Task<JsonNode> PatchAsync(HttpClient client, JsonNode endpoint, object members)
    {
        var (status, body) = await SendAsync(client, HttpMethod.Patch, $"endpoints/{endpoint["id"]}", members);
        Assert.True(status == HttpStatusCode.OK, $"PATCH answered {status}: {body}");
        return body!;
    }

    internal static async Task<string> RotateAsync(HttpClient client, JsonNode endpoint)
    {
        var (status, body) = await SendAsync(client, HttpMethod.Post, $"endpoints/{endpoint["id"]}/rotate-secret", new { });
        Assert.True(status == HttpStatusCode.OK, $"the rotation answered {status}: {body}");
        return (string)body!["secret"]!;
    }
}
