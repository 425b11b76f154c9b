using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>A route of the management API, and how to use it well.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below <c>/api/v1</c>, with <c>{id}</c> as the OpenAPI document has it.</param>
/// <param name="Role">The least role that it needs.</param>
/// <param name="Status">What a use of it is answered with.</param>
internal sealed record ApiRoute(string Method, string Path, string Role, int Status)
{
    public static readonly string[] Roles = ["viewer", "operator", "admin"];

    /// <summary>The name of the operation.</summary>
    public required string Name { get; init; }

    /// <summary>Gives the id of something that this may be done to; it may be made for it.</summary>
    public Func<RouteWorld, Task<string>>? Id { get; init; }

    public Func<RouteWorld, JsonObject>? Body { get; init; }

    /// <summary>Bodies that are wrong in a way that their schema does not tell, and the member that is to blame.</summary>
    public IReadOnlyList<(string Member, string Body)> Wrong { get; init; } = [];

    /// <summary>Whether its answer does not end.</summary>
    public bool IsEndless { get; init; }

    public IEnumerable<string> LesserRoles => Roles.TakeWhile(role => role != Role);

    public override string ToString() => Name;
}
