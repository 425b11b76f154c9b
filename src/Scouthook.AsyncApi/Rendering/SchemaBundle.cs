using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Model;
using Scouthook.AsyncApi.Schemas;

namespace Scouthook.AsyncApi.Rendering;

/// <summary>Writes the payloads of the contract as one JSON Schema.</summary>
/// <remarks>
/// The root is an object with a member per event, so that generators reach every type from it and create a map from
/// event name to payload. Version 2020-12, which defines <c>$defs</c>; the schemas themselves use nothing that draft 7
/// lacks.
/// </remarks>
internal static class SchemaBundle
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    public const string Title = "HelpScoutWebhookPayloads";
    private const string Definitions = "#/$defs/";

    public static JsonObject Render(Contract contract) => new()
    {
        ["$schema"] = Dialect,
        ["$id"] = ContractText.SchemaId,
        ["title"] = Title,
        ["description"] = ContractText.Bundle,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. contract.Messages.Select(message => (JsonNode)message.EventName)]),
        ["properties"] = new JsonObject(contract.Messages.Select(message =>
            KeyValuePair.Create(message.EventName, (JsonNode?)Relocate(message.Payload)))),
        ["$defs"] = new JsonObject(contract.Schemas.Select(schema =>
            KeyValuePair.Create(schema.Key, (JsonNode?)Relocate(schema.Value)))),
    };

    /// <summary>Returns a copy whose references point to the definitions of the bundle.</summary>
    private static JsonObject Relocate(JsonObject schema)
    {
        var copy = schema.DeepClone().AsObject();
        Redirect(copy);
        return copy;
    }

    private static void Redirect(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Redirect(item);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference)
            {
                members["$ref"] = Definitions + SchemaName.Of(reference.GetValue<string>());
            }

            foreach (var (_, member) in members)
            {
                Redirect(member);
            }
        }
    }
}
