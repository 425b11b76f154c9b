using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Scouthook.EndToEnd.Tests.Support;
using Scouthook.Testing;

namespace Scouthook.EndToEnd.Tests;

/// <summary>Each sample is started with the one command of its page, and does what its page says.</summary>
public sealed class SampleTests
{
    private const string Secret = "my-secret";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_sample_has_a_page_is_listed_and_is_built_with_these_tests()
    {
        var list = File.ReadAllText(Repository.PathOf("samples/README.md"));
        var project = File.ReadAllText(Repository.PathOf("tests/Scouthook.EndToEnd.Tests/Scouthook.EndToEnd.Tests.csproj"));
        var solution = File.ReadAllText(Repository.PathOf("Scouthook.slnx"));

        var samples = Directory.EnumerateDirectories(Repository.PathOf("samples")).Select(folder => Path.GetFileName(folder)!).ToList();

        Assert.True(samples.Count > 6);
        Assert.All(samples, sample =>
        {
            Assert.Contains("dotnet run", File.ReadAllText(Repository.PathOf($"samples/{sample}/README.md")), StringComparison.Ordinal);
            Assert.Contains($"[{sample}]({sample}/README.md)", list, StringComparison.Ordinal);
            // Aspire is only downloaded for the full rounds, and the tests among the samples run by themselves.
            Assert.Equal(sample != "AspireHost", solution.Contains($"samples/{sample}/{sample}.csproj", StringComparison.Ordinal));
            Assert.Equal(
                sample is not ("AspireHost" or "Tests"), project.Contains($"/samples/{sample}/{sample}.csproj", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Chat_alert_announces_a_conversation()
    {
        await using var app = await StartAsync("ChatAlert");

        await SendAsync(app, SampleEvents.Get("convo.created"));
        await app.LineAsync(line => line.StartsWith("Chat: New conversation 48213", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crm_sync_saves_a_contact_when_the_crm_is_no_longer_busy()
    {
        using var data = new Folder();
        await using var app = await StartAsync("CrmSync", data);

        await SendAsync(app, SampleEvents.Get("customer.created"));

        await app.LineAsync(line => line.StartsWith("CRM: PUT /contacts/", StringComparison.Ordinal) && line.Contains("busy", StringComparison.Ordinal));
        await app.LineAsync(line => line.StartsWith("CRM: PUT /contacts/", StringComparison.Ordinal) && line.EndsWith(" done", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dead_letter_found_through_the_api_of_the_app_is_handled_when_it_is_replayed_after_a_restart()
    {
        using var data = new Folder();
        await using (var app = await StartAsync("WithDashboard", data))
        {
            await SendAsync(app, SampleEvents.Get("convo.created"));
            await Eventually.AnswersTrueAsync(async () => (await DeadLettersAsync(app)).Count == 1, "the event is a dead letter");
        }

        await using var mended = await StartAsync("WithDashboard", data, "--Accounting", "true");
        var id = (string)(await DeadLettersAsync(mended)).Single()!["eventId"]!;
        using var replay = await Authorized(mended).PostAsJsonAsync($"scouthook/api/v1/events/{id}/replay", new JsonObject(), Cancelled);

        Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        await mended.LineAsync(line => line.StartsWith("Filed 48213", StringComparison.Ordinal));
    }

    [Fact]
    public async Task App_host_of_Aspire_starts_all_three_and_events_reach_the_app()
    {
        Assert.SkipUnless(Rounds.Long, "It downloads Aspire.");
        var folder = Repository.PathOf("samples/AspireHost");
        await Command.DotNetAsync(folder, "build", "-nodeReuse:false");
        var ports = Enumerable.Range(0, 5).Select(_ => FreePort()).ToArray();
        // The launch profile, with other ports.
        var script = $"ASPNETCORE_URLS=http://127.0.0.1:{ports[3]} DOTNET_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:{ports[4]} "
            + "ASPIRE_ALLOW_UNSECURED_TRANSPORT=true DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true "
            + $"exec dotnet run --no-build --no-launch-profile -- --Ports:App {ports[0]} --Ports:Gateway {ports[1]} --Ports:HelpScout {ports[2]}";
        await using var host = await RunningApp.StartAsync("bash", ["-c", script], folder, secret: null);

        await EventuallyAnswersAsync($"http://127.0.0.1:{ports[0]}/scouthook/readyz", "ready");
        await EventuallyAnswersAsync($"http://127.0.0.1:{ports[1]}/readyz", "ready");
        await EventuallyAnswersAsync($"http://127.0.0.1:{ports[2]}/", "Help Scout");
        await EventuallyAnswersAsync($"http://127.0.0.1:{ports[0]}/scouthook/api/v1/events", "\"sequence\":");
    }

    private static async Task EventuallyAnswersAsync(string url, string text)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-long-random-key");
        // Aspire's orchestrator alone can take a minute on a busy machine.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        var isThere = false;
        while (!isThere)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
            try
            {
                isThere = (await client.GetStringAsync(new Uri(url), patience.Token)).Contains(text, StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }

    private static string FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<RunningApp> StartAsync(string sample, Folder? data = null, params string[] arguments) => RunningApp.StartAsync(
        "dotnet",
        [
            "run", "--no-build", "--configuration", Repository.Configuration, "--", .. arguments,
            .. data is null ? Array.Empty<string>() : ["--Scouthook:Inbox:DataDirectory", data["data"]],
        ],
        Repository.PathOf($"samples/{sample}"),
        secret: null);

    private static async Task SendAsync(RunningApp app, OutgoingEvent outgoing)
    {
        using var answer = await app.Client.SendHelpScoutEventAsync("/webhook", outgoing, Secret, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonArray> DeadLettersAsync(RunningApp app) =>
        (await Authorized(app).GetFromJsonAsync<JsonNode>("scouthook/api/v1/deliveries?state=deadLettered", Cancelled))!["items"]!.AsArray();

    private static HttpClient Authorized(RunningApp app)
    {
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", "a-long-random-key");
        return app.Client;
    }
}
