namespace Scouthook.Cli.Managing;

/// <summary>Lets a person say and read names of endpoints where the API has ids.</summary>
internal sealed class EndpointNames
{
    private readonly List<(string Id, string Name)> _all;

    private EndpointNames(List<(string Id, string Name)> all) => _all = all;

    public static async Task<EndpointNames> ReadAsync(ManagementClient client, CancellationToken cancellationToken) => new(
        [.. (await client.ItemsAsync("endpoints", cancellationToken)).Select(it => (Listing.Text(it["id"]), Listing.Text(it["name"])))]);

    /// <exception cref="ManagementException">There is no such endpoint.</exception>
    public string IdOf(string nameOrId) => _all
        .FirstOrDefault(it => it.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)
            || it.Id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)).Id
        ?? throw new ManagementException($"There is no endpoint {nameOrId}. " + (_all.Count == 0
            ? "There is none yet: scouthook endpoints create."
            : $"There are: {string.Join(", ", _all.Select(it => it.Name))}."));

    public string NameOf(string id) => _all.FirstOrDefault(it => it.Id == id).Name ?? id;
}
