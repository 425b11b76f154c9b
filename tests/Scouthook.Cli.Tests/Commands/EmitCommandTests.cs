using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Scouthook.Cli.Tests.Support;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Signing;
using Scouthook.Testing;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class EmitCommandTests
{
    [Fact]
    public async Task All_sends_one_signed_generated_event_of_each_type()
    {
        await using var receiver = await Receiver.StartAsync();

        var run = await RunAsync("emit", "all", "--to", receiver.Address, "--secret", Secret);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("26 events sent", run.Output, StringComparison.Ordinal);
        Assert.Equal(HelpScoutEventCatalog.All.Select(type => type.Name), receiver.Requests.Select(request => request.EventName));
        Assert.All(receiver.Requests, request =>
        {
            Assert.Equal(SignatureVerification.Valid, request.Verify(Secret));
            Assert.Equal(
                HelpScoutEventCatalog.Find(request.EventName)!.EventClrType,
                WebhookParser.Parse(request.EventName, request.Body).GetType());
            Assert.NotEqual(SampleEvents.Get(request.EventName).Body.ToArray(), request.Body);
        });
    }

    [Fact]
    public async Task Json_output_is_one_line_grouped_by_event()
    {
        await using var receiver = await Receiver.StartAsync();

        var run = await RunAsync("emit", "all", "--count", "2", "--to", receiver.Address, "--secret", Secret, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(52, run.Json.GetProperty("sent").GetInt32());
        Assert.Equal(52, run.Json.GetProperty("accepted").GetInt32());
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        var rows = run.Json.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(HelpScoutEventCatalog.All.Select(type => type.Name), rows.Select(row => row.GetProperty("event").GetString()));
        Assert.All(rows, row => Assert.Equal(2, row.GetProperty("answers").GetProperty("200").GetInt32()));
    }

    [Fact]
    public async Task Every_generated_event_has_its_own_ids()
    {
        await using var receiver = await Receiver.StartAsync();

        await RunAsync("emit", "tag.deleted", "--count", "20", "--rate", "500", "--to", receiver.Address, "--secret", Secret);

        Assert.Equal(20, receiver.Requests.Count);
        Assert.Equal(20, receiver.Requests.Select(request => Encoding.UTF8.GetString(request.Body)).Distinct().Count());
    }

    [Fact]
    public async Task Same_option_sends_the_bytes_of_the_sample_each_time()
    {
        await using var receiver = await Receiver.StartAsync();

        await RunAsync("emit", "convo.tags", "--same", "--count", "2", "--to", receiver.Address, "--secret", Secret);

        var sample = SampleEvents.Get("convo.tags").Body.ToArray();
        Assert.Equal([sample, sample], receiver.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task File_is_sent_byte_for_byte_under_any_event_name()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        using var file = new TemporaryFile(bytes);
        await using var receiver = await Receiver.StartAsync();

        var run = await RunAsync("emit", "helpscout.test", "--file", file.Path, "--to", receiver.Address, "--secret", Secret);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("helpscout.test", request.EventName);
        Assert.Equal(bytes, request.Body);
        Assert.Equal(SignatureVerification.Valid, request.Verify(Secret));
    }

    [Fact]
    public async Task Body_may_come_from_standard_input()
    {
        await using var receiver = await Receiver.StartAsync();

        await RunAsync(
            ["emit", "tag.deleted", "--file", "-", "--to", receiver.Address, "--secret", Secret], "{\"id\":7}\r\n"u8.ToArray());

        Assert.Equal("{\"id\":7}\r\n"u8.ToArray(), Assert.Single(receiver.Requests).Body);
    }

    [Fact]
    public async Task Set_option_changes_members_of_a_generated_event()
    {
        await using var receiver = await Receiver.StartAsync();

        await RunAsync(
            "emit", "convo.status", "--set", "status=spam", "--set", "_embedded.threads.0.body=<b>é</b>", "--set", "id=42",
            "--to", receiver.Address, "--secret", Secret);

        var request = Assert.Single(receiver.Requests);
        var body = JsonElement.Parse(request.Body);
        Assert.Equal("spam", body.GetProperty("status").GetString());
        Assert.Equal(42, body.GetProperty("id").GetInt64());
        Assert.Contains(@"""<b>\u00e9<\/b>""", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal);
        Assert.Equal(SignatureVerification.Valid, request.Verify(Secret));
    }

    [Fact]
    public async Task Set_option_changes_a_file_and_writes_JSON_as_PHP_does()
    {
        using var file = new TemporaryFile("{ \"id\": 1, \"url\": \"a/b\" }\n"u8.ToArray());
        await using var receiver = await Receiver.StartAsync();

        await RunAsync(
            "emit", "tag.created", "--file", file.Path, "--set", "name=x", "--to", receiver.Address, "--secret", Secret);

        Assert.Equal(
            @"{""id"":1,""url"":""a\/b"",""name"":""x""}", Encoding.UTF8.GetString(Assert.Single(receiver.Requests).Body));
    }

    [Theory]
    [InlineData(401, "same secret")]
    [InlineData(404, "Is the path right?")]
    [InlineData(302, "Redirects are not followed")]
    [InlineData(410, "deactivate the webhook at once")]
    [InlineData(500, "The receiver failed")]
    public async Task Response_other_than_2xx_exits_with_1_and_says_what_to_check(int status, string expected)
    {
        await using var receiver = await Receiver.AnsweringAsync(status);

        var run = await RunAsync("emit", "tag.created", "--to", receiver.Address, "--secret", Secret);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{status}: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connection_exits_with_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/webhook";
        listener.Stop();

        var run = await RunAsync("emit", "tag.created", "--to", address, "--secret", Secret);
        var json = await RunAsync("emit", "tag.created", "--to", address, "--secret", Secret, "--json");

        Assert.Equal((1, 1), (run.ExitCode, json.ExitCode));
        Assert.Contains("Is the receiver running", run.Output, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(1, json.Json.GetProperty("events")[0].GetProperty("answers").GetProperty("connection refused").GetInt32());
    }

    [Theory]
    [InlineData("Did you mean convo.created", "emit", "convo.create", "--to", "http://x/", "--secret", Secret)]
    [InlineData("--file", "emit", "helpscout.test", "--to", "http://x/", "--secret", Secret)]
    [InlineData("--to", "emit", "all", "--secret", Secret)]
    [InlineData("full URL", "emit", "all", "--to", "localhost:5000/webhook", "--secret", Secret)]
    [InlineData("SCOUTHOOK_SECRET", "emit", "all", "--to", "http://x/")]
    [InlineData("--count", "emit", "all", "--to", "http://x/", "--secret", Secret, "--count", "0")]
    [InlineData("'x'", "emit", "all", "--to", "http://x/", "--secret", Secret, "--count", "x")]
    [InlineData("--rate", "emit", "all", "--to", "http://x/", "--secret", Secret, "--rate", "0")]
    [InlineData("--rate", "emit", "all", "--to", "http://x/", "--secret", Secret, "--rate", "NaN")]
    [InlineData("'fast'", "emit", "all", "--to", "http://x/", "--secret", Secret, "--rate", "fast")]
    [InlineData("--set", "emit", "all", "--to", "http://x/", "--secret", Secret, "--set", "status")]
    [InlineData("convo.deleted: Cannot set 'id.x'", "emit", "convo.deleted", "--to", "http://x/", "--secret", Secret, "--set", "id.x=1")]
    [InlineData("--same", "emit", "tag.created", "--to", "http://x/", "--secret", Secret, "--same", "--file", "-")]
    [InlineData("name the event", "emit", "all", "--to", "http://x/", "--secret", Secret, "--file", "-")]
    [InlineData("Cannot read", "emit", "tag.created", "--to", "http://x/", "--secret", Secret, "--file", "no-such-file")]
    [InlineData("<EVENT> is required.", "emit", "--to", "http://x/", "--secret", Secret)]
    public async Task Usage_error_is_reported_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("Try 'scouthook emit --help'.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_is_read_from_the_environment_and_proxy_variables_are_ignored()
    {
        await using var receiver = await Receiver.StartAsync();

        var run = await RunAsync(
            ["emit", "tag.created", "--to", receiver.Address],
            null,
            ("SCOUTHOOK_SECRET", "clé-secrète"), ("http_proxy", "http://127.0.0.1:9"), ("HTTP_PROXY", "http://127.0.0.1:9"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(SignatureVerification.Valid, Assert.Single(receiver.Requests).Verify("clé-secrète"));
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Termination_signal_stops_sending_and_shows_what_was_sent(string signal)
    {
        var second = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (request, context) =>
        {
            if (request.EventName == "convo.created")
            {
                second.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        await using var tool = Start(["emit", "all", "--to", receiver.Address, "--secret", Secret]);
        await second.Task.WaitAsync(TestContext.Current.CancellationToken);

        await tool.SignalAsync(signal);
        var run = await tool.EndAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("convo.assigned", run.Output, StringComparison.Ordinal);
        Assert.Contains("Stopped before everything was sent", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    /// <summary>Compares the bytes on the wire with the observed requests of Help Scout.</summary>
    [Fact]
    public async Task Request_on_the_wire_matches_the_one_Help_Scout_sends()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/hooks/help-scout?a=b";
        await using var tool = Start(["emit", "customer.updated", "--same", "--to", address, "--secret", Secret]);
        var cancelled = TestContext.Current.CancellationToken;
        using var connection = await listener.AcceptTcpClientAsync(cancelled);
        await using var stream = connection.GetStream();
        var sample = SampleEvents.Get("customer.updated").Body.ToArray();

        var received = new List<byte>();
        var buffer = new byte[8192];
        while (!Encoding.Latin1.GetString([.. received]).EndsWith(Encoding.Latin1.GetString(sample), StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, cancelled);
            Assert.NotEqual(0, count);
            received.AddRange(buffer[..count]);
        }

        await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), cancelled);
        var run = await tool.EndAsync();

        Assert.Equal(0, run.ExitCode);
        var head = Encoding.Latin1.GetString([.. received[..^sample.Length]]).Split("\r\n");
        Assert.Equal("POST /hooks/help-scout?a=b HTTP/1.1", head[0]);
        Assert.Equal(
            [
                "Accept-Encoding: UTF-8",
                "Accept: */*",
                "Connection: Keep-Alive",
                $"Content-Length: {sample.Length}",
                "Content-Type: application/json",
                $"Host: {listener.LocalEndpoint}",
                "User-Agent: Help Scout/Webhooks",
                "X-HelpScout-Event: customer.updated",
                $"X-HelpScout-Signature: {HelpScoutSignature.Sign(sample, Secret)}",
            ],
            head[1..].Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }
}
