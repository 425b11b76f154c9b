using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook health</c>: whether a gateway is ready, for whoever has no other program to ask with, as in a container.</summary>
internal sealed class HealthCommand : Command, IHasExamples
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Option<string?> _api = ManagementOptions.Address();
    private readonly Option<string?> _key = ManagementOptions.Key();
    private readonly Option<bool> _json = CommonOptions.Json();

    public HealthCommand()
        : base("health", "Ask a gateway whether it is ready. Exit code 0 if it is, 1 if not. With a key, every reason is shown.")
    {
        Options.Add(_api);
        Options.Add(_key);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the gateway on this machine", "scouthook health"),
        ("with the reasons", $"{ManagementOptions.KeyVariable}=… scouthook health"),
        ("another one", "scouthook health --api http://10.0.0.5:8080"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var address = ManagementOptions.ReadAddress(parseResult, _api);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(new Uri(address, "/readyz"), cancellationToken);
            var health = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            if (ManagementOptions.ReadKey(parseResult, _key) is { } key && await ReasonsAsync(client, address, key, cancellationToken) is { } reasons)
            {
                health["checks"] = reasons;
            }

            Write(health, parseResult.GetValue(_json));
            return response.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.NotSo;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new ManagementException($"What answers at {address.Authority} is not a gateway.");
        }
        catch (Exception problem) when (
            problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ManagementException($"No answer from the gateway at {address.Authority}.");
        }
    }

    /// <summary>Asks for every check with its reason.</summary>
    /// <returns><see langword="null"/>: the gateway does not tell with this key; whether it is ready is known without.</returns>
    private static async Task<JsonNode?> ReasonsAsync(
        HttpClient client, Uri address, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/v1/health"));
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

        Console.Out.WriteLine(Listing.Text(health["status"]));
        foreach (var (name, check) in health["checks"] as JsonObject ?? [])
        {
            if (Listing.Text(check!["detail"]) is { Length: > 0 } detail)
            {
                Console.Out.WriteLine($"{name}: {detail}");
            }
        }
    }
}
