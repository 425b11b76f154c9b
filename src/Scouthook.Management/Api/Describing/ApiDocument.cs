using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Scouthook.Management.Api.Describing;

/// <summary>The management API as OpenAPI 3.1, and as a reference page to read and try it.</summary>
internal static class ApiDocument
{
    private const string DocumentName = "v1";
    private const string Scheme = "key";

    private static readonly HashSet<string> PageNames =
        new(StringComparer.Ordinal) { "", "openapi", DocumentName, "scalar.js", "scalar.aspnetcore.js" };

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Events", "Events from Help Scout, and operational events."),
        ("Deliveries", "Deliveries of one event to one endpoint, with their attempts."),
        ("Endpoints", "Where events are delivered."),
        ("Replays", "Past events, delivered again."),
        ("Sources", "Help Scout accounts, with the secrets that their events are signed with."),
        ("Overview", "Statistics, health, and the stream of everything that happens."),
        ("Keys and audit", "API keys, and who changed what."),
        ("Contract", "What Help Scout promises."),
    ];

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = NameOf;
        options.AddSchemaTransformer<SchemaDescription>();
        options.AddOperationTransformer<OperationDescription>();
        options.AddDocumentTransformer(DescribeAsync);
    });

    /// <summary>Maps the document and the page. They reveal nothing about this installation, so they need no key.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints)
    {
        // Describing all routes takes as long as storing hundreds of events.
        var provider = endpoints.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        Lazy<Task<StaticDocument>>? document = null;
        endpoints.MapGet($"/openapi/{DocumentName}.json", async Task<IResult> (HttpRequest request) =>
        {
            // Only a request knows everything in front of the path: a route group, a path base, a proxy prefix.
            var path = request.PathBase;
            return await LazyInitializer.EnsureInitialized(
                ref document, () => StaticDocument.Once(() => WriteAsync(provider, path))).Value;
        })
            .ExcludeFromDescription();
        endpoints.MapScalarApiReference("/openapi", page =>
        {
            // Nothing is loaded from other hosts: a gateway may have no internet access.
            page.DisableDefaultFonts().DisableAgent().DisableTelemetry().HideClientButton().HideDeveloperTools();
            page.WithTitle("Scouthook management API").AddDocument(DocumentName).AddPreferredSecuritySchemes(Scheme);
        }).Finally(static endpoint =>
        {
            if (endpoint.RequestDelegate is { } inner)
            {
                endpoint.RequestDelegate = new CachedPage(inner, PageNames).InvokeAsync;
            }
        });
    }

    private static async Task<StaticDocument> WriteAsync(IOpenApiDocumentProvider provider, PathString path)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        document.Servers =
        [
            new OpenApiServer { Url = path.HasValue ? path.ToUriComponent() : "/", Description = "The host that this document was read from." },
        ];
        using var bytes = new MemoryStream();
        await document.SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1);
        return new StaticDocument(bytes.ToArray(), "application/json; charset=utf-8");
    }

    /// <summary>Returns the name of a schema: that of the type, without its suffix.</summary>
    private static string? NameOf(JsonTypeInfo type) => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
        && type.Type != typeof(JsonValue) && type.Type != typeof(JsonNode)
        ? name.StartsWith("PageViewOf", StringComparison.Ordinal)
            ? $"{name["PageViewOf".Length..].Replace("View", "", StringComparison.Ordinal)}Page"
            : name.EndsWith("View", StringComparison.Ordinal) ? name[..^"View".Length] : name
        : null;

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Scouthook management API";
        document.Info.Description =
            "The events that were received, the endpoints they are delivered to, and the status of each delivery.\n\n"
            + "Every request under `/api/v1` needs an API key: `Authorization: Bearer KEY`. The role of the key determines its permissions: "
            + "`viewer` (no bodies, no secrets), `operator` (also bodies, retry, replay, pause), `admin`. "
            + "Lists are paged, `{items, next}`: continue with `cursor` while `next` is not null. Errors are problem details "
            + "(RFC 9457) that say what to do. Timestamps are RFC 3339 in UTC. Members, parameters and values may be added, never renamed: "
            + "ignore those that you do not know.";
        document.Info.License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" };
        document.Info.Contact = new OpenApiContact { Name = "The Scouthook maintainers" };
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The first key of a gateway is `Scouthook:Gateway:AdminKey`, or the one that its first start prints. In an app it is "
                    + "`Scouthook:Management:AdminKey`; an app may also use its own authorization instead of keys.",
            },
        };
        foreach (var (path, operation) in
            from path in document.Paths
            from operation in path.Value.Operations ?? []
            select (path.Key, operation.Value))
        {
            // An empty requirement documents that no key is required; without any, linters suspect that it was forgotten.
            operation.Security = path.StartsWith("/api/", StringComparison.Ordinal)
                ? [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }]
                : [new OpenApiSecurityRequirement()];
            ResponseDescription.Add(document, operation);
        }

        return Task.CompletedTask;
    }
}
