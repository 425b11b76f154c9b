using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>The roles that may use each route.</summary>
public sealed class RouteAccessTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    public static TheoryData<string> Names => ApiRoutes.Names;

    public static TheoryData<string> NamesWithId => ApiRoutes.NamesWithId;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Route_serves_its_role_and_higher_ones_according_to_its_schema(string name)
    {
        var route = ApiRoutes.Get(name);
        foreach (var role in ApiRoute.Roles.Except(route.LesserRoles))
        {
            var (status, text, contentType) = await world.UseAsync(route, role, route.Id is null ? null : await route.Id(world));

            Assert.True(status == route.Status, $"{role}: {status} {text}");
            OpenApi.AssertAnswer(world.Document, route, status, contentType, text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Route_rejects_lower_roles_before_it_reads_the_request(string name)
    {
        var route = ApiRoutes.Get(name);
        foreach (var role in route.LesserRoles)
        {
            var (status, text, contentType) = await world.UseAsync(route, role, Nobody, body: "not even JSON", query: "?nonsense=1");

            Assert.Equal((403, "application/problem+json"), (status, contentType));
            Assert.Equal($"This requires the role {route.Role}.", (string?)JsonNode.Parse(text)!["detail"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Route_rejects_callers_without_a_valid_key_and_says_why(string name)
    {
        var route = ApiRoutes.Get(name);
        (string Who, string Why)[] keys =
        [
            ("nobody", "Send an API key"), ("unknown", "Unknown API key"), ("revoked", "was revoked"), ("expired", "has expired"),
        ];
        foreach (var (who, why) in keys)
        {
            var (status, text, contentType) = await world.UseAsync(route, who, Nobody);

            Assert.Equal((401, "application/problem+json"), (status, contentType));
            Assert.Contains(why, (string?)JsonNode.Parse(text)!["detail"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithId))]
    public async Task Route_returns_404_for_an_unknown_id(string name)
    {
        var route = ApiRoutes.Get(name);
        foreach (var id in new[] { Nobody, "no-id-at-all", "1" })
        {
            var (status, text, contentType) = await world.UseAsync(route, "admin", id);

            Assert.Equal((404, "application/problem+json"), (status, contentType));
            Assert.StartsWith("There is no ", (string?)JsonNode.Parse(text)!["detail"], StringComparison.Ordinal);
        }
    }

    private const string Nobody = "01890000-0000-7000-8000-000000000000";
}
