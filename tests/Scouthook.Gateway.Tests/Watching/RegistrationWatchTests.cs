using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Scouthook.Testing;

namespace Scouthook.Gateway.Tests.Watching;

/// <summary>The gateway watches its registrations in a local Help Scout.</summary>
public sealed class RegistrationWatchTests : IAsyncLifetime
{
    private const string EventName = "convo.status";

    private readonly Folder _folder = new();
    private HelpScoutEmulator _helpScout = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _helpScout = await HelpScoutEmulator.StartAsync(options => options.RequestsPerMinute = null, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _helpScout.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Disabled_webhook_is_noticed_reported_enabled_and_reported_again_but_not_twice_within_an_hour()
    {
        await using var gateway = await StartReenablingAsync();
        var webhook = AddWebhook(gateway);
        await BecomesAsync(gateway, "ok");

        _helpScout.Disable(webhook);
        await Eventually.AnswersTrueAsync(async () => (await ReportsAsync(gateway, "disabled")).Count == 2, "both changes are reported");

        Assert.True(_helpScout.Webhooks.Single().IsEnabled);
        Assert.Equal(["disabled", "enabled"], (await ReportsAsync(gateway, "disabled")).Select(report => (string?)report["state"]));
        await BecomesAsync(gateway, "ok");
        await _helpScout.SendTestEventAsync(webhook, Cancelled);
        Assert.Single(await gateway.Client.EventsAsync("type=helpscout.test"));

        _helpScout.Disable(webhook);
        var registration = await BecomesAsync(gateway, "disabled");

        Assert.Contains("within the last hour", registration["problems"]!.ToJsonString(), StringComparison.Ordinal);
        await CheckedAgainAsync(gateway);
        Assert.False(_helpScout.Webhooks.Single().IsEnabled);
        Assert.Equal(3, (await ReportsAsync(gateway, "disabled")).Count);
        var (status, health) = await gateway.ReadyAsync();
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, ((string?)health["status"])!.ToLowerInvariant()));
        var metrics = await gateway.FreshMetricsAsync();
        Assert.Contains("scouthook_webhook_ok{scouthook_source=\"default\"} 0", metrics, StringComparison.Ordinal);
        Assert.Contains("scouthook_webhook_reenabled_total{scouthook_source=\"default\"} 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_webhook_stays_disabled_unless_the_setting_allows_to_enable_it()
    {
        await using var gateway = await StartAsync();
        var webhook = AddWebhook(gateway);
        await BecomesAsync(gateway, "ok");

        _helpScout.Disable(webhook);
        var registration = await BecomesAsync(gateway, "disabled");
        await CheckedAgainAsync(gateway);

        Assert.Contains("Reenable", registration["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False(_helpScout.Webhooks.Single().IsEnabled);

        _helpScout.Enable(webhook);
        await BecomesAsync(gateway, "ok");
        Assert.Equal(["disabled", "enabled"], (await ReportsAsync(gateway, "disabled")).Select(report => (string?)report["state"]));
    }

    [Fact]
    public async Task Disabled_webhook_is_not_enabled_while_the_gateway_itself_rejected_its_events()
    {
        await using var gateway = await StartReenablingAsync();
        var webhook = AddWebhook(gateway);
        await BecomesAsync(gateway, "ok");
        for (var number = 0; number < 10; number++)
        {
            Assert.Equal(401, (await gateway.SendAsync(Some.Event(number).Request("what Help Scout has"))).Status);
        }

        _helpScout.Disable(webhook);
        var registration = await BecomesAsync(gateway, "disabled");
        await CheckedAgainAsync(gateway);

        Assert.Contains("rejected here", registration["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False(_helpScout.Webhooks.Single().IsEnabled);
    }

    [Fact]
    public async Task Missing_registration_is_reported_until_it_exists()
    {
        await using var gateway = await StartAsync();

        var registration = await BecomesAsync(gateway, "changed");
        AddWebhook(gateway);
        await BecomesAsync(gateway, "ok");

        Assert.Contains("/webhook", registration["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["changed", "ok"], (await ReportsAsync(gateway, "changed")).Select(report => (string?)report["state"]));
    }

    [Fact]
    public async Task Declared_registration_that_sends_too_little_is_reported()
    {
        const string url = "https://hooks.example.com/webhook";
        await using var gateway = await StartAsync(
            ("Webhooks", new JsonObject
            {
                ["main"] = new JsonObject { ["Url"] = url, ["Events"] = new JsonArray("convo.created", "tag.created") },
            }));
        var webhook = _helpScout.AddWebhook(url, GatewaySetup.Secret, "convo.created");

        await Eventually.AnswersTrueAsync(
            async () => (await RegistrationAsync(gateway))?["problems"]?.ToJsonString().Contains("tag.created", StringComparison.Ordinal) is true,
            "the missing event is noticed");
        _helpScout.DeleteWebhook(webhook.Id);
        _helpScout.AddWebhook(url, GatewaySetup.Secret, "convo.created", "tag.created");

        await BecomesAsync(gateway, "ok");
    }

    [Fact]
    public async Task Help_Scout_that_cannot_be_asked_is_said_so()
    {
        await using var gateway = await StartAsync(("ClientSecret", "not-the-one"));

        var registration = await BecomesAsync(gateway, "unknown");

        Assert.NotEmpty(registration["problems"]!.AsArray());
        Assert.DoesNotContain("not-the-one", registration["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);
        Assert.Contains("[5028]", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_without_credentials_is_not_watched()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

        Assert.Null(await RegistrationAsync(gateway));
    }

    /// <summary>Starts a gateway and then configures it, as its port is part of the configuration.</summary>
    private async Task<HostedGateway> StartAsync(params (string Key, JsonNode Value)[] settings)
    {
        var config = _folder["scouthook.json"];
        _folder.Replace("scouthook.json", "{}");
        var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path, Arguments = ["--config", config] });
        var connection = new JsonObject
        {
            ["Api"] = _helpScout.Address.ToString(),
            ["ClientId"] = _helpScout.ClientId,
            ["ClientSecret"] = _helpScout.ClientSecret,
            ["PollInterval"] = "1s",
        };
        foreach (var (key, value) in settings)
        {
            connection[key] = value;
        }

        _folder.Replace("scouthook.json", new JsonObject
        {
            ["Scouthook"] = new JsonObject
            {
                ["Sources"] = new JsonObject { ["default"] = new JsonObject { ["HelpScout"] = connection } },
            },
        }.ToJsonString());
        return gateway;
    }

    /// <summary>Starts a gateway that may enable its declared registration.</summary>
    private async Task<HostedGateway> StartReenablingAsync()
    {
        var gateway = await StartAsync();
        var config = JsonNode.Parse(File.ReadAllText(_folder["scouthook.json"]))!;
        var connection = config["Scouthook"]!["Sources"]!["default"]!["HelpScout"]!;
        connection["Reenable"] = true;
        connection["Webhooks"] = new JsonObject
        {
            ["main"] = new JsonObject { ["Url"] = UrlOf(gateway), ["Events"] = new JsonArray(EventName) },
        };
        _folder.Replace("scouthook.json", config.ToJsonString());
        return gateway;
    }

    private long AddWebhook(HostedGateway gateway) => _helpScout.AddWebhook(UrlOf(gateway), GatewaySetup.Secret, EventName).Id;

    private static string UrlOf(HostedGateway gateway) =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{gateway.Port}/webhook");

    private static async Task<JsonNode?> RegistrationAsync(HostedGateway gateway) =>
        (await gateway.Client.JsonAsync("/api/v1/sources"))["items"]!.AsArray()
            .Single(source => (string?)source!["name"] == "default")!["registration"];

    private static async Task<JsonNode> BecomesAsync(HostedGateway gateway, string state)
    {
        JsonNode? registration = null;
        await Eventually.AnswersTrueAsync(
            async () => (string?)(registration = await RegistrationAsync(gateway))?["state"] == state, $"the registration is {state}");
        return registration!;
    }

    private static async Task CheckedAgainAsync(HostedGateway gateway)
    {
        var before = (string?)(await RegistrationAsync(gateway))!["checkedAt"];
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await RegistrationAsync(gateway))!["checkedAt"] != before, "the registrations are checked again");
    }

    /// <summary>Returns the bodies of operational events, oldest first.</summary>
    private static async Task<IReadOnlyList<JsonNode>> ReportsAsync(HostedGateway gateway, string kind)
    {
        var bodies = new List<JsonNode>();
        foreach (var stored in (await gateway.Client.EventsAsync($"type=scouthook.webhook.{kind}")).Reverse())
        {
            bodies.Add(JsonNode.Parse(await gateway.Client.BodyAsync(stored))!);
        }

        return bodies;
    }
}
