namespace Scouthook.Cli.Managing;

/// <summary>Translates between endpoint names, which people use, and ids, which the API uses.</summary>
internal sealed class EndpointNames
{
    private readonly List<(string Id, string Name)> _all;

    private EndpointNames(List<(string Id, string Name)> all) => _all = all;

    public static async Task<EndpointNames> ReadAsync(ManagementClient client, CancellationToken cancellationToken) => new(
        [
            .. (await client.ItemsAsync("endpoints", cancellationToken))
                .Select(endpoint => (ResultWriter.Text(endpoint["id"]), ResultWriter.Text(endpoint["name"]))),
        ]);

    /// <exception cref="ManagementException">There is no such endpoint.</exception>
    public string IdOf(string nameOrId) => _all
        .FirstOrDefault(endpoint => endpoint.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)
            || endpoint.Id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)).Id
        ?? throw new ManagementException($"There is no endpoint {nameOrId}. " + (_all.Count == 0
            ? "There are none yet; add one with scouthook endpoints create."
            : $"Existing endpoints: {string.Join(", ", _all.Select(endpoint => endpoint.Name))}."));

    public string NameOf(string id) => _all.FirstOrDefault(endpoint => endpoint.Id == id).Name ?? id;
}
