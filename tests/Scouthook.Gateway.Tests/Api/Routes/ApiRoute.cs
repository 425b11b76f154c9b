using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>A route of the management API, with a valid use.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below <c>/api/v1</c>, with <c>{id}</c> as in the OpenAPI document.</param>
/// <param name="Role">The lowest role allowed to use it.</param>
/// <param name="Status">The status of a valid use.</param>
internal sealed record ApiRoute(string Method, string Path, string Role, int Status)
{
    public static readonly string[] Roles = ["viewer", "operator", "admin"];

    /// <summary>The name of the operation.</summary>
    public required string Name { get; init; }

    /// <summary>Returns the id of an object the route applies to, creating it if necessary.</summary>
    public Func<RouteWorld, Task<string>>? Id { get; init; }

    public Func<RouteWorld, JsonObject>? Body { get; init; }

    /// <summary>Bodies that are invalid in a way the schema does not express, with the invalid member.</summary>
    public IReadOnlyList<(string Member, string Body)> Wrong { get; init; } = [];

    /// <summary>True if its response does not end.</summary>
    public bool IsEndless { get; init; }

    public IEnumerable<string> LesserRoles => Roles.TakeWhile(role => role != Role);

    /// <summary>Returns the path for an id: the last variable part.</summary>
    public string PathFor(string? id)
    {
        var last = Path.LastIndexOf('{');
        return last < 0 ? Path : Path[..last].Replace("{name}", "default", StringComparison.Ordinal) + id + Path[(Path.IndexOf('}', last) + 1)..];
    }

    public override string ToString() => Name;
}
