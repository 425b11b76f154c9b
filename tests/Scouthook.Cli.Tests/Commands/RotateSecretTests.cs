using System.Globalization;
using System.Net;
using Scouthook.Cli.Tests.Support;
using Scouthook.Testing;

namespace Scouthook.Cli.Tests.Commands;

/// <summary><c>scouthook webhooks rotate-secret</c> between a real gateway and a local Help Scout.</summary>
public sealed class RotateSecretTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HelpScoutEmulator _helpScout = null!;
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _helpScout = await HelpScoutEmulator.StartAsync(options => options.RequestsPerMinute = null, Cancelled);
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _helpScout.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_genuine_request_is_rejected_and_afterwards_the_configured_secret_is()
    {
        var webhook = AddWebhook("convo.status");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        // What Help Scout sends now, signed with the secret it has, and what it sends again, signed with the earlier one.
        var sending = SendAsync(webhook, enough.Token);
        var retries = new Load(_gateway.Port, Some.Events(int.MaxValue), perSecond: 100);
        var retrying = retries.RunAsync(4, enough.Token);
        await Eventually.TrueAsync(() => retries.Acknowledged.Count > 100, "events are being acknowledged");

        var run = await RunAsync("--overlap", "10s", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var (acknowledged, sent) = (retries.Acknowledged.Count, Attempts());
        await Eventually.TrueAsync(
            () => retries.Acknowledged.Count > acknowledged + 100 && Attempts() > sent + 20, "both secrets are accepted");
        await enough.CancelAsync();
        await Task.WhenAll(sending, retrying);
        Assert.True(retries.Refused.IsEmpty, $"{retries.Refused.Count} requests were refused:\n{_gateway.Output}");
        Assert.Equal(0, _helpScout.Webhooks.Single().Discards);
        Assert.All(_helpScout.Webhooks.Single().DeliveryLog, attempt => Assert.Equal(HttpStatusCode.OK, attempt.StatusCode));

        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.SendAsync(Some.Event(-1).Request())).Status == 401, "the configured secret ends");
        await _helpScout.SendTestEventAsync(webhook, Cancelled);
        Assert.Equal(HttpStatusCode.OK, _helpScout.Webhooks.Single().DeliveryLog[^1].StatusCode);
        Assert.Equal(webhook, run.Json.GetProperty("registrations")[0].GetInt64());
        Assert.Single(run.Json.GetProperty("ended").EnumerateArray());
    }

    [Fact]
    public async Task Failed_change_in_Help_Scout_leaves_every_secret_valid_and_says_how_to_continue()
    {
        // Only Help Scout's pages accept this one.
        var webhook = AddWebhook("convo.ai-answers.created");

        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("run the command again", run.Error, StringComparison.Ordinal);
        await _helpScout.SendTestEventAsync(webhook, Cancelled);
        Assert.Equal(HttpStatusCode.OK, _helpScout.Webhooks.Single().DeliveryLog[^1].StatusCode);
        var secrets = (await _gateway.Client.JsonAsync("/api/v1/sources"))["items"]![0]!["secrets"]!.AsArray();
        Assert.Equal(["stored", "configured"], secrets.Select(secret => (string?)secret!["origin"]));
        Assert.All(secrets, secret => Assert.Null(secret!["expiresAt"]));
    }

    [Fact]
    public async Task Nothing_is_changed_if_no_registration_calls_the_source()
    {
        _helpScout.AddWebhook("https://example.com/elsewhere", "another secret", "convo.status");

        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Nothing was changed", run.Error, StringComparison.Ordinal);
        Assert.Single((await _gateway.Client.JsonAsync("/api/v1/sources"))["items"]![0]!["secrets"]!.AsArray());
    }

    [Fact]
    public async Task Secret_from_a_file_is_used_in_both_places()
    {
        var webhook = AddWebhook("convo.status");
        _folder.Replace("new-secret", "chosen by an operator\n");

        var run = await RunAsync("--secret-file", _folder["new-secret"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("chosen by an operator", run.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await _gateway.SendAsync(Some.Event(1).Request("chosen by an operator"))).Status);
        await _helpScout.SendTestEventAsync(webhook, Cancelled);
        Assert.Equal(HttpStatusCode.OK, _helpScout.Webhooks.Single().DeliveryLog[^1].StatusCode);
    }

    [Fact]
    public async Task Overlap_that_is_no_duration_is_a_usage_error()
    {
        var run = await RunAsync("--overlap", "24:00:00");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("24h", run.Error, StringComparison.Ordinal);
    }

    private long AddWebhook(string eventName) => _helpScout.AddWebhook(
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_gateway.Port}/webhook"), GatewaySetup.Secret, eventName).Id;

    private int Attempts() => _helpScout.Webhooks.Single().DeliveryLog.Count;

    private async Task SendAsync(long webhook, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Attempts() < 900)
        {
            await _helpScout.SendTestEventAsync(webhook, CancellationToken.None);
        }
    }

    private Task<Finished> RunAsync(params string[] arguments) => ScouthookProcess.RunAsync(
        ["webhooks", "rotate-secret", .. arguments],
        input: null,
        ("SCOUTHOOK_API", $"http://127.0.0.1:{_gateway.ManagementPort}"),
        ("SCOUTHOOK_KEY", GatewaySetup.Key),
        ("SCOUTHOOK_SECRET", GatewaySetup.Secret),
        ("SCOUTHOOK_HELPSCOUT_API", _helpScout.Address.ToString()),
        ("SCOUTHOOK_HELPSCOUT_CLIENT_ID", _helpScout.ClientId),
        ("SCOUTHOOK_HELPSCOUT_CLIENT_SECRET", _helpScout.ClientSecret));
}
