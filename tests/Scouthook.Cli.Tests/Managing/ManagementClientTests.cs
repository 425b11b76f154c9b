using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Managing;

/// <summary>How commands report a gateway that is missing or gives an unusable response.</summary>
public sealed class ManagementClientTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    private const string UnknownKey = "shk_0123456789";

    [Fact]
    public async Task Unreachable_gateway_exits_with_1_and_says_what_to_check()
    {
        // Bound but not listening: connections are refused, and no other process can take the port.
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;

        var run = await RunAsync("events", "--api", $"http://127.0.0.1:{port}", "--key", UnknownKey);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal($"scouthook events: No response from the gateway at 127.0.0.1:{port}. Is it running, and is the address correct?\n", run.Error);
    }

    [Fact]
    public async Task Missing_key_names_the_option_and_the_variable_and_how_to_create_one()
    {
        var run = await RunAsync("deliveries", "--api", gateway.Api);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Pass --key or set SCOUTHOOK_KEY", run.Error, StringComparison.Ordinal);
        Assert.Contains("scouthook keys create --name me --role admin --data", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, UnknownKey, "Unknown API key")]
    [InlineData(2, "shk_01\n23456789", "key contains invalid characters")]
    public async Task Invalid_key_is_reported_but_not_shown(int exitCode, string key, string expected)
    {
        var run = await gateway.RunWithAsync(key, "endpoints");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("shk_0", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ambiguous_id_lists_the_ids_to_choose_from()
    {
        const string First = "01990f6e-0000-7000-8000-00010badcafe";
        const string Second = "01990f6e-0000-7000-8000-00020badcafe";
        await using var conflicting = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Conflict;
            return context.Response.WriteAsJsonAsync(new
            {
                status = 409,
                detail = "Several event ids end with 0badcafe. Send the full id of one of the candidates.",
                candidates = (string[])[First, Second],
            });
        });

        var run = await RunAsync("events", "0badcafe", "--api", conflicting.Address, "--key", UnknownKey);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal($"scouthook events: Several event ids end with 0badcafe. Pass one of them in full:\n  {First}\n  {Second}\n", run.Error);
    }

    [Theory]
    [InlineData("/scouthook")]
    [InlineData("/scouthook/")]
    public async Task Address_may_contain_the_path_of_the_management_API(string path)
    {
        string? requested = null;
        await using var app = await Receiver.StartAsync((_, context) =>
        {
            requested = context.Request.Path;
            return context.Response.Body.WriteAsync("""{"items":[],"next":null}"""u8.ToArray()).AsTask();
        });

        var run = await RunAsync("keys", "--api", app.Address + path, "--key", UnknownKey, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("/webhook/scouthook/api/v1/keys", requested);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Server_that_is_not_a_gateway_exits_with_1(string answer)
    {
        await using var other = await Receiver.StartAsync(
            (_, context) => context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer)).AsTask());

        var run = await RunAsync("keys", "--api", other.Address, "--key", UnknownKey);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("Is this the address of the management API?", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_response_exits_with_1()
    {
        await using var other = await Receiver.StartAsync(async (_, context) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync("{\"items\":["u8.ToArray());
            context.Abort();
        });

        var run = await RunAsync("keys", "--api", other.Address, "--key", UnknownKey);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("scouthook keys: No response from the gateway", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_address_exits_with_2()
    {
        var run = await RunAsync("events", "--api", "localhost:5000", "--key", UnknownKey);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not a valid gateway address", run.Error, StringComparison.Ordinal);
    }
}
