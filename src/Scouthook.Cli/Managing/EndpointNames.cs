using Scouthook.Cli.Suggesting;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Managing;

/// <summary>Translates between endpoint names, which people use, and ids, which the API uses.</summary>
internal sealed class EndpointNames
{
    private readonly List<(string Id, string Name)> _all;

    private EndpointNames(List<(string Id, string Name)> all) => _all = all;

    public static async Task<EndpointNames> ReadAsync(ManagementClient client, CancellationToken cancellationToken) => new(
        [
            .. (await client.ItemsAsync("endpoints", cancellationToken))
                .Select(endpoint => (ItemText.Of(endpoint["id"]), ItemText.Of(endpoint["name"]))),
        ]);

    public IEnumerable<string> Names => _all.Select(endpoint => endpoint.Name);

    /// <summary>Finds an endpoint by its name, its id or the ending of its id.</summary>
    /// <exception cref="ManagementException">There is no such endpoint, or several ids have this ending.</exception>
    public string IdOf(string nameOrId)
    {
        if (_all.FirstOrDefault(endpoint => endpoint.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)).Id is { } named)
        {
            return named;
        }

        var ending = nameOrId.Replace("-", "", StringComparison.Ordinal);
        var matches = ending.Length < IdArgument.MinEnding
            ? []
            : _all.Where(endpoint => endpoint.Id.Replace("-", "", StringComparison.Ordinal).EndsWith(ending, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches.Count switch
        {
            1 => matches[0].Id,
            > 1 => throw new ManagementException(
                $"{nameOrId} is the ending of several ids:{string.Concat(matches.Select(match => $"{Environment.NewLine}  {match.Id} ({match.Name})"))}"),
            _ => throw new ManagementException($"There is no endpoint {nameOrId}. " + (_all.Count == 0
                ? "There are none yet; add one with scouthook endpoints create."
                : $"{Near(nameOrId)}Existing endpoints: {string.Join(", ", Names)}.")),
        };
    }

    public string NameOf(string id) => _all.FirstOrDefault(endpoint => endpoint.Id == id).Name ?? id;

    private string Near(string name) => NearestNames.Of(name, Names, 1) is [var near] ? $"Did you mean {near}? " : "";
}
