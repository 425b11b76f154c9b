using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Scouthook.Management.Api.Describing;

/// <summary>Describes the responses of an operation, with their headers and an example of each.</summary>
/// <remarks>Runs when all schemas exist, because a response without a description of its own gets that of its schema.</remarks>
internal static class ResponseDescription
{
    private static readonly Dictionary<string, string> Problems = new()
    {
        ["400"] = "A parameter or member is invalid; `detail` names it and says what it must be.",
        ["401"] = "The key is missing, unknown, expired or revoked.",
        ["403"] = "The role of the key does not allow it.",
        ["404"] = "It does not exist, or retention has removed it.",
        ["409"] = "The current state does not allow it, or the abbreviated id in the path is ambiguous (`candidates` lists the ids); "
            + "`detail` says why.",
        ["413"] = "The body is larger than 1 MiB.",
        ["429"] = "Too many streams, look-ups or wrong keys; `Retry-After` says when to try again.",
        ["503"] = "The store is unavailable; `Retry-After` says when to try again.",
    };

    public static void Add(OpenApiDocument document, OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse answer)
            {
                Add(document, operation, status, answer);
            }
        }
    }

    private static void Add(OpenApiDocument document, OpenApiOperation operation, string status, OpenApiResponse answer)
    {
        if (Problems.TryGetValue(status, out var words))
        {
            answer.Description = words;
        }
        else if (status == "204")
        {
            answer.Description = "Done; the response has no body.";
        }

        foreach (var (type, media) in answer.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            Add(document, operation, status, answer, type, media);
        }

        AddHeaders(status, answer);
    }

    private static void Add(
        OpenApiDocument document, OpenApiOperation operation, string status, OpenApiResponse answer, string type, OpenApiMediaType media)
    {
        var code = int.Parse(status, CultureInfo.InvariantCulture);
        if (type == "application/problem+json")
        {
            media.Example = ApiExamples.Problem(code, ReasonPhrases.GetReasonPhrase(code));
        }
        else if (type is not "application/json" || media.Schema is not OpenApiSchemaReference { Reference.Id: { } schema })
        {
            AddText(operation, type, media);
        }
        else
        {
            var isSecret = code == 201 || operation.OperationId == "rotateEndpointSecret";
            media.Example = isSecret ? ApiExamples.OfCreated(schema) : ApiExamples.Of(schema);
            var words = document.Components?.Schemas?[schema].Description;
            answer.Description = code switch
            {
                201 => $"Created; only this response contains the secret. {words}",
                202 => $"Accepted; the work continues in the background. {words}",
                _ => words,
            };
        }

        if (Descriptions.TryGetValue(operation.OperationId ?? "", out var own) && code == 200)
        {
            answer.Description = own;
        }
    }

    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["listEvents"] = "A page of events; as CSV, all that match, or one page if `limit` is given.",
        ["getEventBody"] = "The body, byte for byte as received. It need not be JSON.",
        ["followStream"] = "The stream, which does not end by itself unless `wait` is given.",
        ["getAsyncApiJson"] = "The contract as JSON.",
        ["getAsyncApiYaml"] = "The contract as YAML.",
    };

    /// <summary>Describes a response that is not an object of the API.</summary>
    private static void AddText(OpenApiOperation operation, string type, OpenApiMediaType media)
    {
        switch (type)
        {
            case "text/csv":
                media.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
                media.Example = "id,sequence,source,type\r\n0199a3c5-7a10-7c3e-9f4b-2d6b8e51c7f0,4711,default,convo.created\r\n";
                break;
            case "text/event-stream":
                media.Example = "event: ping\ndata: {}\n\n";
                break;
            case "application/yaml":
                media.Example = "asyncapi: 3.0.0\n";
                break;
            default:
                media.Schema = new OpenApiSchema();
                media.Example = operation.OperationId == "getEventBody"
                    ? new JsonObject { ["id"] = 3352330101L }
                    : new JsonObject { ["asyncapi"] = "3.0.0" };
                break;
        }
    }

    private static void AddHeaders(string status, OpenApiResponse answer)
    {
        var (name, header) = status switch
        {
            "201" or "202" => ("Location", new OpenApiHeader
            {
                Description = "The path of what was created.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
            "429" or "503" => ("Retry-After", new OpenApiHeader
            {
                Description = "Try again after this many seconds.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
            }),
            _ => ("", new OpenApiHeader()),
        };
        if (name.Length > 0)
        {
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers[name] = header;
        }
    }
}
