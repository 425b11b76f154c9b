using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Model;
using Scouthook.AsyncApi.Schemas;

namespace Scouthook.AsyncApi.Rendering;

/// <summary>The parts of a message that both versions of AsyncAPI share.</summary>
internal static class MessageParts
{
    public const string Bindings = "helpScoutRequest";

    public static JsonObject Write(ContractMessage message) => new()
    {
        ["name"] = message.Name,
        ["title"] = message.Title,
        ["summary"] = message.Summary,
        ["description"] = message.Description,
        ["contentType"] = CommonParts.ContentType,
        ["tags"] = new JsonArray(new JsonObject { ["name"] = message.Family.Tag }),
        ["externalDocs"] = CommonParts.ExternalDocs(message.Family.Source, "Where Help Scout lists this event"),
        ["bindings"] = new JsonObject { ["$ref"] = $"#/components/messageBindings/{Bindings}" },
        ["headers"] = Headers(message),
        ["payload"] = message.Payload.DeepClone(),
        ["examples"] = new JsonArray(new JsonObject
        {
            ["name"] = message.EventName,
            ["summary"] = "Invented data. The signature is that of the bytes of "
                + $"contract/payloads/{message.EventName}.json under the secret {ContractText.ExampleSecret}.",
            ["headers"] = new JsonObject
            {
                [ContractText.EventHeader] = message.EventName,
                [ContractText.SignatureHeader] = message.ExampleSignature,
            },
            ["payload"] = message.Example.DeepClone(),
        }),
    };

    public static JsonObject SignatureSchema() => new()
    {
        ["title"] = SchemaName.Signature,
        ["type"] = "string",
        ["description"] = "The signature of the body: the 20 bytes of an HMAC-SHA1 as base64, always 28 characters.",
        ["pattern"] = ContractText.SignaturePattern,
        ["minLength"] = 28,
        ["maxLength"] = 28,
        ["examples"] = new JsonArray("6SuhMFURWqcm/W0V4MIgWpApEio="),
    };

    public static JsonObject HttpBinding() => new()
    {
        ["http"] = new JsonObject
        {
            ["headers"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Headers that were seen but are not documented. Do not depend on them.",
                ["properties"] = new JsonObject
                {
                    ["Content-Type"] = Seen("Without a charset in the one capture that shows it.", CommonParts.ContentType),
                    ["User-Agent"] = Seen("In a capture of 2016.", "Help Scout/Webhooks"),
                    ["Accept-Encoding"] = Seen("In a capture of 2016. Not a valid content coding, so do not act on it.", "UTF-8"),
                },
            },
            ["bindingVersion"] = "0.3.0",
        },
    };

    private static JsonObject Headers(ContractMessage message) => new()
    {
        ["title"] = $"{char.ToUpperInvariant(message.Name[0])}{message.Name[1..]}Headers",
        ["type"] = "object",
        ["required"] = new JsonArray(ContractText.EventHeader, ContractText.SignatureHeader),
        ["properties"] = new JsonObject
        {
            [ContractText.EventHeader] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = "The name of the event. The body does not repeat it, and the signature does not cover it.",
                ["const"] = message.EventName,
            },
            [ContractText.SignatureHeader] = SchemaName.Reference(SchemaName.Signature),
        },
    };

    private static JsonObject Seen(string description, string value) => new()
    {
        ["type"] = "string",
        ["description"] = description,
        ["examples"] = new JsonArray(value),
    };
}
