using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api.Describing;

/// <summary>Adds to schemas what the types do not say: custom JSON forms, known values, and members that may be left out.</summary>
internal sealed class SchemaDescription : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        DescribeType(schema, context.JsonTypeInfo.Type);
        if (context.JsonPropertyInfo?.AttributeProvider is { } member)
        {
            DescribeMember(schema, member);
        }

        return Task.CompletedTask;
    }

    private static void DescribeType(OpenApiSchema schema, Type type)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | (type == typeof(DateTimeOffset) ? 0 : JsonSchemaType.Null);
            schema.Format = "date-time";
        }
        else if (type == typeof(JsonValue))
        {
            schema.Type = JsonSchemaType.Integer | JsonSchemaType.String;
        }
        else if (type == typeof(ProblemDetails))
        {
            DescribeProblem(schema);
        }
    }

    private static void DescribeMember(OpenApiSchema schema, ICustomAttributeProvider member)
    {
        if (Attribute<JsonIgnoreAttribute>(member) is { Condition: JsonIgnoreCondition.WhenWritingNull })
        {
            schema.Type &= ~JsonSchemaType.Null;
        }

        var known = Attribute<KnownTextsAttribute>(member)?.Texts ?? Attribute<AllowedValuesAttribute>(member)?.Values.Cast<string>();
        if (known is not null)
        {
            schema.Enum = [.. known.Select(text => JsonValue.Create(text))];
            if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Null))
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "Says why a request failed, and what to do (RFC 9457).";
        foreach (var (name, words) in new[]
        {
            ("type", "The kind of problem, as a URI."),
            ("title", "The meaning of the status code."),
            ("status", "The status code of the response."),
            ("detail", "What is wrong, and what to do."),
            ("instance", "Not used."),
        })
        {
            if (schema.Properties?.TryGetValue(name, out var member) == true)
            {
                member.Description = words;
            }
        }

        schema.Properties?.Add("candidates", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "The ids that end with the abbreviated one in the path, if there are several.",
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        });
    }

    private static T? Attribute<T>(ICustomAttributeProvider member)
        where T : Attribute => member.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
