using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Lets a person say and read names of endpoints where the API has ids.</summary>
internal sealed class EndpointNames
{
    private readonly List<(string Id, string Name)> _all;

    private EndpointNames(List<(string Id, string Name)> all) => _all = all;

    public static async Task<EndpointNames> ReadAsync(ManagementClient client, CancellationToken cancellationToken) => new(
        [.. (await client.GetAsync("endpoints", cancellationToken))["items"]!.AsArray()
            .Select(it => (it!["id"]!.GetValue<string>(), it["name"]!.GetValue<string>()))]);

    /// <exception cref="UsageException">There is no such endpoint.</exception>
    public string IdOf(string nameOrId) => _all
        .FirstOrDefault(it => it.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)
            || it.Id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)).Id
        ?? throw new UsageException(
            $"There is no endpoint {nameOrId}. There are: {string.Join(", ", _all.Select(it => it.Name))}.");

    public string NameOf(string id) => _all.FirstOrDefault(it => it.Id == id).Name ?? id;
}
