using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>Two gateways behind nginx, with the configuration that <c>deploy/nodes</c> has for it.</summary>
public sealed class BalancedNodesTests : NodesOnOneDatabase
{
    private const int Count = 200;

    [Fact]
    public async Task No_event_is_refused_or_lost_when_a_node_is_killed_behind_the_load_balancer_of_the_deployment()
    {
        var database = await SharedPostgreSql.CreateAsync();
        await using var killed = await GatewayProcess.StartAsync(Node("killed", database));
        await using var other = await HostedGateway.StartAsync(Node("other", database));
        await using var balancer = await Nginx.ConfiguredAsync(port => Configuration(port, killed.Port, other.Port));
        var load = new Load(balancer.Port, Some.Events(Count), perSecond: 100);

        var running = load.RunAsync(8, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => load.Acknowledged.Count > Count / 4, "events are being acknowledged");
        await killed.KillAsync();
        await running;

        Assert.Empty(load.Refused);
        Assert.Equal(Count, load.Acknowledged.Count);
        Assert.Equal(Count, (await other.Client.EventsAsync()).Count);
    }

    private GatewaySetup Node(string name, string database) =>
        SharedPostgreSql.Node(Folder, name, database).To("sink", Sink["sink"], ("Timeout", "1s"));

    /// <summary>The file, with the addresses of this machine; the gateways of the test have one address for everything.</summary>
    private static string Configuration(int port, int first, int second) => File.ReadAllText(Repository.PathOf("deploy/nodes/nginx.conf"))
        .Replace("events {}", Nginx.Preamble, StringComparison.Ordinal)
        .Replace("http {", $"http {{\n{Nginx.Paths}", StringComparison.Ordinal)
        .Replace("listen 8080", Invariant($"listen 127.0.0.1:{port}"), StringComparison.Ordinal)
        .Replace("listen 8081", Invariant($"listen 127.0.0.1:{FreePort()}"), StringComparison.Ordinal)
        .Replace("node1:8080", Invariant($"127.0.0.1:{first}"), StringComparison.Ordinal)
        .Replace("node2:8080", Invariant($"127.0.0.1:{second}"), StringComparison.Ordinal)
        .Replace("node1:8081", Invariant($"127.0.0.1:{first}"), StringComparison.Ordinal)
        .Replace("node2:8081", Invariant($"127.0.0.1:{second}"), StringComparison.Ordinal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
