using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Scouthook.Management.Api.Middleware;

/// <summary>Finds the methods of a path of the API, for responses to other methods.</summary>
/// <remarks>
/// The catch-all route accepts any method, so routing itself never finds that only the method is wrong. Routes are read
/// when first needed, as they are complete only once the app has started.
/// </remarks>
internal sealed class AllowedMethods(ICollection<EndpointDataSource> sources)
{
    private readonly Lazy<(TemplateMatcher Matcher, IReadOnlyList<string> Methods)[]> _routes = new(() =>
    [
        .. sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => (
                endpoint.RoutePattern.RawText, Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(route => route is { RawText: not null, Methods.Count: > 0 })
            .Select(route => (new TemplateMatcher(TemplateParser.Parse(route.RawText!), []), route.Methods)),
    ]);

    /// <returns>The methods, sorted; empty if the path matches no route.</returns>
    public IReadOnlyList<string> Of(PathString path) =>
    [
        .. _routes.Value
            .Where(route => route.Matcher.TryMatch(path, []))
            .SelectMany(route => route.Methods)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
