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
                    operation.RequestBody = Body(body, $"The body of `{operation.OperationId}`.", context.Document!);
                    break;
                default:
                    break;
            }
        }

        foreach (var id in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Path) ?? [])
        {
            id.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            (id.Description, id.Example) = id.Name switch
            {
                "name" => ("The name of the source.", "default"),
                "fingerprint" => ("The fingerprint of the secret, as listed with its source.", "b1946ac92492"),
                _ when context.Description.RelativePath?.Contains("/keys/", StringComparison.Ordinal) == true =>
                    ("The full id.", "0199a3c0-5c11-7f2d-a1b4-9e7d3c5f8a21"),
                _ => ("The id, or its last eight or more hexadecimal digits if they are unique.", (JsonNode)"0199a3c1-04d2-7b90-b7e6-51c2a8f3d604"),
            };
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
        Example = input.Example?.DeepClone(),
    };

    /// <summary>Describes a body by a schema with a name: generators name types after it.</summary>
    private static OpenApiRequestBody Body(BodyInputs body, string description, OpenApiDocument document)
    {
        document.AddComponent(body.Schema, Object(body.Inputs, description, document));
        return new OpenApiRequestBody
        {
            Required = body.Inputs.Any(input => input.IsRequired),
            Description = "JSON. Unknown members are rejected.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchemaReference(body.Schema, document),
                    Example = new JsonObject(body.Inputs
                        .Where(input => input.Example is not null)
                        .Select(input => KeyValuePair.Create(input.Name, (JsonNode?)input.Example!.DeepClone()))),
                },
            },
        };
    }

    private static OpenApiSchema Object(IReadOnlyList<ApiInput> inputs, string description, OpenApiDocument document)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = description,
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = inputs.Where(input => input.IsRequired).Select(input => input.Name).ToHashSet(),
        };
        foreach (var input in inputs)
        {
            schema.Properties[input.Name] = Member(input, document);
        }

        return schema;
    }

    private static IOpenApiSchema Member(ApiInput input, OpenApiDocument document)
    {
        if (input.Members.Count > 0)
        {
            document.AddComponent(input.Schema, Object(input.Members, input.Description, document));
            return new OpenApiSchemaReference(input.Schema, document) { Description = input.Description };
        }

        var member = Schema(input);
        member.Description = input.Description;
        return member;
    }

    private static OpenApiSchema Schema(ApiInput input)
    {
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

        var schema = input.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one;
        schema.Default = input.Default?.DeepClone();
        return schema;
    }
}
