using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scouthook.Cli.Tests.Support;
using Scouthook.Signing;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class EmulateCommandTests
{
    private const string FreePort = "http://127.0.0.1:0";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Click_on_the_page_sends_a_signed_event_to_the_webhook_of_the_command_line()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tool = Start(["emulate", "--urls", FreePort, "--webhook", receiver.Address, "--secret", Secret, "--json"]);
        var started = JsonElement.Parse(await tool.ReadUntilAsync(_ => true));
        using var page = new HttpClient { BaseAddress = new Uri(started.GetProperty("page").GetString()!) };

        using var click = await page.PostAsJsonAsync("page/actions/email", new { }, Cancelled);
        var request = await receiver.Arrivals.Reader.ReadAsync(Cancelled);
        await tool.InterruptAsync();
        var run = await tool.EndAsync();

        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        Assert.Equal("convo.created", request.EventName);
        Assert.Equal(SignatureVerification.Valid, request.Verify(Secret));
        Assert.Equal(receiver.Address, started.GetProperty("webhook").GetProperty("url").GetString());
        Assert.Equal(new Finished(0, "", ""), run);
    }

    [Fact]
    public async Task Printed_credentials_get_a_token_from_the_printed_address()
    {
        await using var tool = Start(["emulate", "--urls", FreePort, "--client-id", "mine", "--client-secret", "hidden", "--json"]);
        var started = JsonElement.Parse(await tool.ReadUntilAsync(_ => true));
        using var api = new HttpClient { BaseAddress = new Uri(started.GetProperty("api").GetString()!) };

        using var answer = await api.PostAsJsonAsync(
            "v2/oauth2/token",
            new
            {
                grant_type = "client_credentials",
                client_id = started.GetProperty("clientId").GetString(),
                client_secret = started.GetProperty("clientSecret").GetString(),
            },
            Cancelled);

        Assert.Equal("mine", started.GetProperty("clientId").GetString());
        Assert.Equal(JsonValueKind.Null, started.GetProperty("webhook").ValueKind);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Busy_day_prints_a_line_per_event_and_sends_them()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tool = Start(
            ["emulate", "--urls", FreePort, "--webhook", receiver.Address, "--rate", "50", "--verbose"], ("SCOUTHOOK_SECRET", Secret));

        var request = await receiver.Arrivals.Reader.ReadAsync(Cancelled);
        await tool.ReadUntilAsync(line => line.Contains("  /v2/conversations/", StringComparison.Ordinal));

        Assert.Equal(SignatureVerification.Valid, request.Verify(Secret));
    }

    [Theory]
    [InlineData(200, @"webhook 10: 200 in \d+ ms$")]
    [InlineData(503, @"webhook 10: 503 in \d+ ms, attempt 2 in 1 s$")]
    [InlineData(410, "^Webhook 10 is disabled: The receiver answered 410 Gone. Enable it on the page.$")]
    public async Task Verbose_shows_what_the_receiver_answered_and_what_happens_next(int status, string expected)
    {
        await using var receiver = await Receiver.AnsweringAsync(status);
        await using var tool = Start(
            ["emulate", "--urls", FreePort, "--webhook", receiver.Address, "--secret", Secret, "--rate", "5", "--verbose"]);

        var printed = await tool.ReadUntilAsync(line => Regex.IsMatch(line, expected));

        Assert.Contains($"webhook 10: {status} in ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_says_why_there_was_no_response()
    {
        var receiver = await Receiver.StartAsync();
        var address = receiver.Address;
        await receiver.DisposeAsync();
        await using var tool = Start(
            ["emulate", "--urls", FreePort, "--webhook", address, "--secret", Secret, "--rate", "5", "--verbose"]);

        await tool.ReadUntilAsync(line => Regex.IsMatch(line, @"webhook 10: connection refused in \d+ ms, attempt 2 in 1 s$"));
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Termination_signal_ends_it_with_0(string signal)
    {
        await using var tool = Start(["emulate", "--urls", FreePort, "--rate", "5"]);
        var printed = await tool.ReadUntilAsync(line => line.Contains("per second", StringComparison.Ordinal));

        await tool.SignalAsync(signal);
        var run = await tool.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(" webhooks create --helpscout-api http://127.0.0.1:", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_in_use_is_named_in_one_line()
    {
        await using var tool = Start(["emulate", "--urls", FreePort, "--json"]);
        var api = JsonElement.Parse(await tool.ReadUntilAsync(_ => true)).GetProperty("api").GetString()!;

        var second = await RunAsync("emulate", "--urls", api);

        Assert.Equal((1, ""), (second.ExitCode, second.Output));
        Assert.Equal($"scouthook emulate: Failed to bind to address {api}: address already in use. Choose another address with --urls.\n", second.Error);
    }

    [Theory]
    [InlineData("--urls must be http addresses", "--urls", "https://127.0.0.1:0")]
    [InlineData("--urls must be http addresses", "--urls", "5010")]
    [InlineData("'abc' is not valid for --rate; it must be a number.", "--rate", "abc")]
    [InlineData("--rate must be a number of events per second from 0 to 1000", "--rate", "-1")]
    [InlineData("--rate must be a number of events per second from 0 to 1000", "--rate", "NaN")]
    [InlineData("--webhook must be a full URL", "--webhook", "localhost:5000", "--secret", "S")]
    [InlineData("No secret given for --webhook", "--webhook", "http://127.0.0.1:5000/webhook")]
    [InlineData("--secret is the secret of --webhook", "--secret", "S")]
    [InlineData("Use either --json or --verbose", "--json", "--verbose")]
    public async Task Wrong_option_is_a_usage_error(string message, params string[] arguments)
    {
        var run = await RunAsync(["emulate", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"scouthook emulate: {message}", run.Error, StringComparison.Ordinal);
    }
}
