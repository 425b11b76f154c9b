using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook health</c>: checks whether a gateway is ready, for health checks in containers without curl.</summary>
internal sealed class HealthCommand : Command, IHasExamples
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Option<string?> _api = ManagementOptions.Address();
    private readonly Option<string?> _key = ManagementOptions.Key();
    private readonly Option<bool> _json = CommonOptions.Json();

    public HealthCommand()
        : base("health", "Check whether a gateway is ready. Exits with 0 if it is, otherwise 1. With an API key, it also shows the reasons.")
    {
        Options.Add(_api);
        Options.Add(_key);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a gateway on this machine", "scouthook health"),
        ("with the reasons", $"{ManagementOptions.KeyVariable}=… scouthook health"),
        ("a gateway elsewhere", "scouthook health --api http://10.0.0.5:8080"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var address = ManagementOptions.ReadAddress(parseResult, _api);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(ManagementOptions.Below(address, "readyz"), cancellationToken);
            var health = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            if (ManagementOptions.ReadKey(parseResult, _key) is { } key && await ReasonsAsync(client, address, key, cancellationToken) is { } reasons)
            {
                health["checks"] = reasons;
            }

            Write(health, parseResult.GetValue(_json));
            return response.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new ManagementException($"The server at {address.Authority} is not a Scouthook gateway.");
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ManagementException(ManagementException.NoResponse(address));
        }
    }

    /// <summary>Requests every check with its reason.</summary>
    /// <returns><see langword="null"/> if the gateway rejects the key; readiness does not depend on it.</returns>
    private static async Task<JsonNode?> ReasonsAsync(
        HttpClient client, Uri address, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ManagementOptions.Below(address, "api/v1/health"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["checks"]?.DeepClone()
            : null;
    }

    private static void Write(JsonObject health, bool json)
    {
        if (json)
        {
            JsonOutput.Write(health);
            return;
        }

        Console.Out.WriteLine(ItemText.Of(health["status"]));

        // Several checks may report the same cause.
        foreach (var checks in (health["checks"] as JsonObject ?? []).GroupBy(check => ItemText.Of(check.Value!["detail"])))
        {
            if (checks.Key.Length > 0)
            {
                Prose.WriteLine($"{string.Join(", ", checks.Select(check => check.Key))}: {checks.Key}");
            }
        }
    }
}
