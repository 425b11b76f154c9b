using System.Net;
using System.Net.Sockets;
using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Managing;

/// <summary>What every command says that asks a gateway and gets no good answer.</summary>
public sealed class ManagementClientTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    private const string Wrong = "shk_0123456789";

    [Fact]
    public async Task Gateway_that_is_not_there_exits_with_1_and_says_what_to_look_at()
    {
        // Bound and not listening: nobody answers there, and nobody else takes the port.
        using var nobody = new Socket(SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)nobody.LocalEndPoint!).Port;

        var run = await RunAsync("events", "--api", $"http://127.0.0.1:{port}", "--key", Wrong);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal($"scouthook events: No response from the gateway at 127.0.0.1:{port}. Is it running, and is the address correct?\n", run.Error);
    }

    [Fact]
    public async Task Missing_key_exits_with_2_and_says_where_it_comes_from()
    {
        var run = await RunAsync("deliveries", "--api", gateway.Api);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Pass --key or set SCOUTHOOK_KEY", run.Error, StringComparison.Ordinal);
        Assert.Contains("scouthook keys create --name me --role admin --data", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, Wrong, "Unknown API key")]
    [InlineData(2, "shk_01\n23456789", "key contains invalid characters")]
    public async Task Key_that_is_not_good_is_told_and_not_shown(int exitCode, string key, string told)
    {
        var run = await gateway.RunWithAsync(key, "endpoints");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("shk_0", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/scouthook")]
    [InlineData("/scouthook/")]
    public async Task Address_of_an_app_has_the_path_of_its_management_api(string path)
    {
        string? requested = null;
        await using var app = await Receiver.StartAsync((_, context) =>
        {
            requested = context.Request.Path;
            return context.Response.Body.WriteAsync("""{"items":[],"next":null}"""u8.ToArray()).AsTask();
        });

        var run = await RunAsync("keys", "--api", app.Address + path, "--key", Wrong, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("/webhook/scouthook/api/v1/keys", requested);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Something_else_than_a_gateway_exits_with_1(string answer)
    {
        await using var other = await Receiver.StartAsync(
            (_, context) => context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer)).AsTask());

        var run = await RunAsync("keys", "--api", other.Address, "--key", Wrong);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("Is this the address of the management API?", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_breaks_off_exits_with_1()
    {
        await using var other = await Receiver.StartAsync(async (_, context) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync("{\"items\":["u8.ToArray());
            context.Abort();
        });

        var run = await RunAsync("keys", "--api", other.Address, "--key", Wrong);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("scouthook keys: No response from the gateway", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_is_none_exits_with_2()
    {
        var run = await RunAsync("events", "--api", "localhost:5000", "--key", Wrong);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not a valid gateway address", run.Error, StringComparison.Ordinal);
    }
}
