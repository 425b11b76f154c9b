using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>What the health of a node says about the others.</summary>
public sealed class NodeHealthTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Health_says_that_a_node_polls_through_a_pooler_and_that_it_is_notified_with_a_direct_connection()
    {
        var direct = await SharedPostgreSql.CreateAsync();
        var pooled = SharedPostgreSql.Node(_folder, "pooled", SharedPostgreSql.Pooled(direct));
        await using var polling = await HostedGateway.StartAsync(pooled);
        await using var listening = await HostedGateway.StartAsync(
            (pooled with { Data = "direct" }).With("Scouthook:Inbox:PostgreSql:ListenConnectionString", direct));

        await DetailAsync(listening, "This node is notified of the commits of other nodes.");
        await polling.LineAsync("[4103]");
        var check = await DetailAsync(polling, "every 250 ms");
        Assert.Equal("ready", (string?)check["status"]);
        Assert.Contains("Scouthook:Inbox:PostgreSql:ListenConnectionString", (string?)check["detail"], StringComparison.Ordinal);

        // Neither has anything to write to its data directory.
        await Eventually.AnswersTrueAsync(
            async () => (await listening.ReadyAsync()).Status is HttpStatusCode.OK && !Directory.Exists(listening.Setup.DataPath),
            "a node without a data directory is ready");
    }

    [Fact]
    public async Task Nodes_that_declare_different_endpoints_use_the_newest_declaration_and_health_says_that_they_disagree()
    {
        var database = await SharedPostgreSql.CreateAsync();
        var older = SharedPostgreSql.Node(_folder, "older", database)
            .To("crm", "http://127.0.0.1:9/crm").To("shop", "http://127.0.0.1:9/shop");
        var newer = SharedPostgreSql.Node(_folder, "newer", database)
            .To("crm", "http://127.0.0.1:9/crm").To("bus", "http://127.0.0.1:9/bus");
        await using (var first = await HostedGateway.StartAsync(older))
        {
            await DetailAsync(first, "");
        }

        await using var second = await HostedGateway.StartAsync(newer);
        await using var again = await HostedGateway.StartAsync(older);

        var check = await DetailAsync(again, "Another node has declared newer endpoints");
        Assert.Equal("degraded", (string?)check["status"]);
        Assert.Equal(
            ["bus enabled", "crm enabled", "shop disabled"],
            (await again.Client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray()
                .Select(endpoint => $"{endpoint!["name"]} {endpoint["state"]}").Order());
    }

    private static async Task<JsonNode> DetailAsync(HostedGateway gateway, string part)
    {
        JsonNode? check = null;
        await Eventually.AnswersTrueAsync(
            async () => ((string?)(check = (await gateway.Client.JsonAsync("/api/v1/health"))["checks"]!["nodes"]!)["detail"])!
                .Contains(part, StringComparison.Ordinal),
            $"the health of the nodes says {part}");
        return check!;
    }
}
