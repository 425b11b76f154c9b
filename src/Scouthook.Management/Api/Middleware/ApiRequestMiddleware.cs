using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api.Middleware;

/// <summary>Performs the checks that apply to every request to the API.</summary>
/// <remarks>
/// The role comes first: a caller without permission must not learn what is wrong with the request. Then the query
/// string, the size of the body, and the id in the path, which routes get in full even if only its ending was sent.
/// </remarks>
internal sealed class ApiRequestMiddleware(RequestDelegate next, IIdEndings endings)
{
    /// <summary>The first segment of the API's paths.</summary>
    public const string Root = "/api";

    private const string Id = "id";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<RequiredRole>() is not { } needed)
        {
            await next(context);
            return;
        }

        context.Features.Get<Caller>()?.MustBe(needed.Role);
        var problem = QueryRules.FindMistake(context.Request.Query, endpoint.Metadata.GetMetadata<QueryInputs>()?.Inputs ?? []);
        if (problem is null)
        {
            if (await RequestBody.ReadAsync(context.Request, context.RequestAborted) is { } body)
            {
                context.Features.Set(body);
            }
            else
            {
                problem = ApiProblem.TooLarge(RequestBody.MaxBytes);
            }
        }

        problem ??= await CompleteIdAsync(context, endpoint);
        await (problem?.ExecuteAsync(context) ?? next(context));
    }

    private async Task<ProblemHttpResult?> CompleteIdAsync(HttpContext context, RouteEndpoint endpoint)
    {
        if (context.Request.RouteValues[Id] is not string text)
        {
            return null;
        }

        if (!IdText.TryReadWhole(text, out var whole))
        {
            var (kind, name) = KindOf(endpoint.RoutePattern);
            if (kind is not { } searched || IdText.ReadEnding(text) is not { } ending)
            {
                return ApiProblem.NotFound(name, kind is null ? null : IdText.Rule);
            }

            var found = await endings.FindAsync(searched, ending, context.RequestAborted);
            switch (found.Ids.Count)
            {
                case 0:
                    return ApiProblem.NotFound(name, found.IsComplete
                        ? null
                        : "Only the newest ids can be abbreviated; send the full id of an older one.");
                case > 1:
                    return ApiProblem.Ambiguous(name, text, found.Ids);
                default:
                    whole = found.Ids[0];
                    break;
            }
        }

        context.Request.RouteValues[Id] = whole.ToString();
        return null;
    }

    /// <summary>Returns the kind of object that the id names, from the literal segment before it.</summary>
    private static (IdKind? Kind, string Name) KindOf(RoutePattern pattern)
    {
        var literal = pattern.PathSegments
            .TakeWhile(segment => segment.IsSimple && segment.Parts[0] is RoutePatternLiteralPart)
            .Select(segment => ((RoutePatternLiteralPart)segment.Parts[0]).Content)
            .LastOrDefault();
        return literal switch
        {
            "events" => (IdKind.Event, "event"),
            "deliveries" => (IdKind.Delivery, "delivery"),
            "endpoints" => (IdKind.Endpoint, "endpoint"),
            "replays" => (IdKind.Replay, "replay"),
            "keys" => (null, "key"),
            _ => (null, "resource"),
        };
    }
}
