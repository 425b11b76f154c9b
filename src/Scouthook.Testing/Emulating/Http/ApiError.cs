using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Testing.Emulating.Http;

/// <summary>Writes errors in the documented JSON.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/overview/errors</c>.</remarks>
internal static class ApiError
{
    private const string About = "http://developer.helpscout.net/mailbox-api/overview/errors";

    public static Task WriteAsync(HttpContext context, int status, string message, IReadOnlyCollection<FieldError>? errors = null)
    {
        var body = new JsonObject { ["logRef"] = context.TraceIdentifier, ["message"] = message };
        if (errors is { Count: > 0 })
        {
            body["_embedded"] = new JsonObject { ["errors"] = new JsonArray([.. errors.Select(Describe)]) };
        }

        body["_links"] = Link(About);
        return JsonResponse.WriteAsync(context, status, body, "application/vnd.error+json");
    }

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status404NotFound, "Not Found");

    public static Task InvalidAsync(HttpContext context, IReadOnlyCollection<FieldError> errors) =>
        WriteAsync(context, StatusCodes.Status400BadRequest, "Bad request", errors);

    private static JsonNode Describe(FieldError error)
    {
        var node = new JsonObject { ["path"] = error.Path, ["message"] = error.Message };
        if (error.RejectedValue is not null)
        {
            node["rejectedValue"] = error.RejectedValue.DeepClone();
        }

        node["source"] = error.Source;
        node["_links"] = Link($"{About}#{error.Code}");
        return node;
    }

    private static JsonObject Link(string address) => new() { ["about"] = new JsonObject { ["href"] = address } };
}
