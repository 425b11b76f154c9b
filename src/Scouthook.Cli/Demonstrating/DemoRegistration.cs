using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Testing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>Registers webhooks with the API of the local Help Scout, as a program does with the real one.</summary>
internal sealed class DemoRegistration(HelpScoutEmulator helpScout) : IDisposable
{
    private const string OnlyInUI = "convo.ai-answers.created";

    private readonly HttpClient _api = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = helpScout.Address };

    /// <summary>Gets an access token for the other calls.</summary>
    public async Task AuthorizeAsync(CancellationToken cancellationToken)
    {
        using var response = await _api.PostAsJsonAsync(
            "v2/oauth2/token",
            new JsonObject
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = helpScout.ClientId,
                ["client_secret"] = helpScout.ClientSecret,
            },
            cancellationToken);
        Require(response, "give an access token");
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)answer!["access_token"]!);
    }

    /// <summary>Registers all 26 events: 25 with the API, and the one that it does not accept as in the UI.</summary>
    public async Task RegisterAsync(Uri receiver, string secret, DemoFault fault, CancellationToken cancellationToken)
    {
        var isVictimApart = fault is DemoFault.DropEvent or DemoFault.CorruptSignature;
        await CreateAsync(
            receiver, secret, AcceptedEvents.Names.Where(name => !isVictimApart || name != DemoFaults.Victim), cancellationToken);
        if (fault is DemoFault.CorruptSignature)
        {
            await CreateAsync(receiver, "another secret", [DemoFaults.Victim], cancellationToken);
        }

        helpScout.AddWebhook(receiver.AbsoluteUri, secret, OnlyInUI);
    }

    public void Dispose() => _api.Dispose();

    private async Task CreateAsync(Uri receiver, string secret, IEnumerable<string> events, CancellationToken cancellationToken)
    {
        using var response = await _api.PostAsJsonAsync(
            "v2/webhooks",
            new JsonObject
            {
                ["url"] = receiver.AbsoluteUri,
                ["secret"] = secret,
                ["events"] = new JsonArray([.. events.Select(name => JsonValue.Create(name))]),
            },
            cancellationToken);
        Require(response, "register the webhook");
    }

    private static void Require(HttpResponseMessage response, string task)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandFailedException($"The local Help Scout did not {task}: it answered {(int)response.StatusCode}.");
        }
    }
}
