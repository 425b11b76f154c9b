using System.Collections.Frozen;
using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scouthook.AsyncApi;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api;

/// <summary>
/// The contract of Help Scout's webhooks. It reveals nothing about this gateway, so it requires no key.
/// </summary>
internal static class ContractApi
{
    private const string TypeOfJson = "application/json; charset=utf-8";

    // RFC 9512. Browsers save the type registered for AsyncAPI instead of showing it.
    private const string TypeOfYaml = "application/yaml; charset=utf-8";

    public static void MapContract(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/asyncapi.json", "getAsyncApiJson", TypeOfJson, document => document.ToJson());
        Map(endpoints, "/asyncapi.yaml", "getAsyncApiYaml", TypeOfYaml, document => document.ToYaml());
    }

    private static void Map(
        IEndpointRouteBuilder endpoints, string path, string name, string contentType, Func<AsyncApiDocument, string> write)
    {
        var documents = AsyncApiVersion.All.ToFrozenDictionary(
            version => version,
            version => StaticDocument.Once(() => Task.FromResult(
                new StaticDocument(Encoding.UTF8.GetBytes(write(AsyncApiDocument.Create(version))), contentType))));
        endpoints.MapGet(
            path, async Task<IResult> ([Description("The version of AsyncAPI.")] string? version) =>
            AsyncApiVersion.TryParse(version ?? AsyncApiVersion.V300.ToString(), out var asked)
                ? await documents[asked].Value
                : ApiProblem.Invalid("version", $"must be one of {string.Join(", ", AsyncApiVersion.All)}."))
            .WithTags("Contract")
            .WithName(name)
            .WithSummary($"Help Scout's webhooks as {path.TrimStart('/')}")
            .WithDescription("The contract as AsyncAPI 3.0.0, or 2.6.0 with `version=2.6.0`. Needs no key.")
            .Produces<string>(StatusCodes.Status200OK, contentType.Split(';')[0])
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }
}
