using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Hosting;
using Scouthook.Management.Hosting;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>Every route is in the document and in the tests.</summary>
public sealed class RouteCoverageTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    private const string Root = "/api/v1";

    [Fact]
    public void Every_operation_of_the_document_has_tests_with_the_same_role()
    {
        var documented = OpenApi.Operations(world.Document)
            .Where(it => it.Path.StartsWith(Root, StringComparison.Ordinal))
            .Select(it => $"{it.Method} {it.Path[Root.Length..]} {it.Operation["operationId"]} {it.Operation["x-scouthook-role"]}");

        Assert.Equal(
            ApiRoutes.All.Select(route => $"{route.Method} {route.Path} {route.Name} {route.Role}").Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_route_of_the_gateway_is_in_the_document()
    {
        using var folder = new Folder();
        var app = GatewayHost.Build(builder => builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData =
            [
                new("Scouthook:Sources:default:Secrets:0", GatewaySetup.Secret),
                new("Scouthook:Inbox:DataDirectory", folder.Path),
            ],
        }));
        var mapped = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<ManagementRoutesMetadata>()?.Endpoints ?? [])
            .OfType<RouteEndpoint>()
            .Select(endpoint => (
                Path: "/" + endpoint.RoutePattern.RawText!.Trim('/'),
                Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(it => it.Path.StartsWith(Root, StringComparison.Ordinal) && it.Path != $"{Root}/{{**rest}}")
            .SelectMany(it => it.Methods.Select(method => $"{method} {it.Path}"))
            .ToList();

        Assert.True(mapped.Count > 20, "routes were found");
        Assert.Equal(
            OpenApi.Operations(world.Document)
                .Where(it => it.Path.StartsWith(Root, StringComparison.Ordinal))
                .Select(it => $"{it.Method} {it.Path}")
                .Order(StringComparer.Ordinal),
            mapped.Order(StringComparer.Ordinal));
        ((IDisposable)app).Dispose();
    }

    [Fact]
    public async Task Documentation_page_loads_nothing_from_other_hosts()
    {
        using var client = new HttpClient { BaseAddress = new Uri(world.Admin.BaseAddress!, "/openapi/") };

        var page = await client.GetStringAsync("", TestContext.Current.CancellationToken);
        var script = await client.GetByteArrayAsync("scalar.js", TestContext.Current.CancellationToken);

        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.True(script.Length > 1_000_000, "the script is served");
    }

    [Fact]
    public void Every_operation_documents_its_purpose_and_responses()
    {
        Assert.Equal("3.1", ((string)world.Document["openapi"]!)[..3]);
        Assert.All(OpenApi.Operations(world.Document), it =>
        {
            Assert.False(string.IsNullOrEmpty((string?)it.Operation["summary"]), it.Path);
            Assert.NotEmpty(it.Operation["tags"]!.AsArray());
            var answers = it.Operation["responses"]!.AsObject();
            Assert.Contains(answers, answer => answer.Key[0] == '2');
            Assert.All(answers, answer => Assert.False(string.IsNullOrEmpty((string?)answer.Value!["description"])));
            if (it.Path.StartsWith(Root, StringComparison.Ordinal))
            {
                Assert.Equal("""[{"key":[]}]""", it.Operation["security"]!.ToJsonString());
                Assert.True(answers.ContainsKey("401"));
                Assert.True(answers.ContainsKey("503"));
                Assert.Equal((string?)it.Operation["x-scouthook-role"] != "viewer", answers.ContainsKey("403"));
                Assert.Equal(it.Path.Contains('{', StringComparison.Ordinal), answers.ContainsKey("404") && it.Path != $"{Root}/replays");
            }
        });
    }
}
