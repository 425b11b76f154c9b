using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Api.Describing;

/// <summary>Adds the metadata of a route to its operation in the OpenAPI document.</summary>
internal sealed class OperationDescription : IOpenApiOperationTransformer
{
    /// <summary>The extension that names the lowest role an operation requires.</summary>
    public const string RoleExtension = "x-scouthook-role";

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["204"] = "Done; the response has no body.",
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

    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var mark in context.Description.ActionDescriptor.EndpointMetadata)
        {
            switch (mark)
            {
                case RequiredRole needed:
                    Require(operation, needed);
                    break;
                case QueryInputs query:
                    operation.Parameters ??= [];
                    foreach (var input in query.Inputs)
                    {
                        operation.Parameters.Add(Parameter(input));
                    }

                    break;
                case BodyInputs body:
                    operation.RequestBody = Body(body.Inputs);
                    break;
                default:
                    break;
            }
        }

        foreach (var id in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Path) ?? [])
        {
            id.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            id.Description = context.Description.RelativePath?.Contains("/keys/", StringComparison.Ordinal) == true
                ? "The full id."
                : "The id, or its last eight or more hexadecimal digits if they are unique.";
        }

        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (Answers.TryGetValue(status, out var words))
            {
                answer.Description = words;
            }
        }

        return Task.CompletedTask;
    }

    private static void Require(OpenApiOperation operation, RequiredRole needed)
    {
        var role = RoleNames.From(needed.Role);
        operation.Description = $"{operation.Description} Requires the role `{role}`.".TrimStart();
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions[RoleExtension] = new JsonNodeExtension(JsonValue.Create(role));
    }

    private static OpenApiParameter Parameter(ApiInput input) => new()
    {
        Name = input.Name,
        In = ParameterLocation.Query,
        Description = input.Description,
        Required = input.IsRequired,
        Schema = Schema(input),
    };

    private static OpenApiRequestBody Body(IReadOnlyList<ApiInput> inputs)
    {
        var schema = Object(inputs);
        return new OpenApiRequestBody
        {
            Required = schema.Required!.Count > 0,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        };
    }

    private static OpenApiSchema Object(IReadOnlyList<ApiInput> inputs)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = inputs.Where(input => input.IsRequired).Select(input => input.Name).ToHashSet(),
        };
        foreach (var input in inputs)
        {
            var member = Schema(input);
            member.Description = input.Description;
            schema.Properties[input.Name] = member;
        }

        return schema;
    }

    private static OpenApiSchema Schema(ApiInput input)
    {
        if (input.Members.Count > 0)
        {
            return Object(input.Members);
        }

        var one = new OpenApiSchema
        {
            Type = input.Kind switch
            {
                ApiInputKind.Whole => JsonSchemaType.Integer,
                ApiInputKind.Number => JsonSchemaType.Number,
                ApiInputKind.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = input.Kind switch
            {
                ApiInputKind.Instant => "date-time",
                ApiInputKind.Id => "uuid",
                ApiInputKind.Whole => "int64",
                _ => null,
            },
            Minimum = input.Min?.ToString(CultureInfo.InvariantCulture),
            Maximum = input.Max?.ToString(CultureInfo.InvariantCulture),
        };
        if (input.Values.Count > 0)
        {
            one.Enum = [.. input.Values.Select(value => JsonValue.Create(value))];
        }

        if (input.IsNullable)
        {
            one.Type |= JsonSchemaType.Null;
        }

        return input.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one;
    }
}
