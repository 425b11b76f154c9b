using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Model;
using Scouthook.AsyncApi.Schemas;

namespace Scouthook.AsyncApi.Rendering;

/// <summary>The parts that both versions of AsyncAPI write the same way.</summary>
internal static class CommonParts
{
    public const string ContentType = "application/json";
    public const string Server = "receiver";

    public static JsonObject Info() => new()
    {
        ["title"] = ContractText.Title,
        ["version"] = ContractText.Version,
        ["description"] = ContractText.Overview,
        ["contact"] = new JsonObject
        {
            ["name"] = ContractText.Contact,
            ["url"] = "https://scouthook.example/",
            ["email"] = "maintainers@scouthook.example",
        },
        ["license"] = new JsonObject { ["name"] = "MIT", ["url"] = "https://opensource.org/license/mit" },
    };

    /// <remarks>Without <c>examples</c>, which Spectral rejects in version 2.6.0.</remarks>
    public static JsonObject ServerVariables() => new()
    {
        ["host"] = new JsonObject
        {
            ["description"] = "The host name of the URL that you registered.",
            ["default"] = "webhooks.example.com",
        },
        ["port"] = new JsonObject
        {
            ["description"] = "The port of the URL that you registered.",
            ["default"] = "443",
        },
    };

    public static JsonArray Tags() => new(
        [.. ContractFamily.All.Select(family => new JsonObject { ["name"] = family.Tag, ["description"] = family.Description })]);

    public static JsonObject ExternalDocs(Uri url, string description) =>
        new() { ["description"] = description, ["url"] = url.ToString() };

    public static JsonObject OperationBindings() => new()
    {
        ["http"] = new JsonObject { ["method"] = "POST", ["bindingVersion"] = "0.3.0" },
    };

    /// <summary>The parts that messages refer to, and the messages.</summary>
    public static JsonObject Components(Contract contract, Func<ContractMessage, JsonObject> write)
    {
        var schemas = contract.Schemas
            .Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone()))
            .Append(KeyValuePair.Create(SchemaName.Signature, (JsonNode?)MessageParts.SignatureSchema()))
            .OrderBy(schema => schema.Key, StringComparer.Ordinal);
        return new JsonObject
        {
            ["messages"] = new JsonObject(contract.Messages.Select(message =>
                KeyValuePair.Create(message.Name, (JsonNode?)write(message)))),
            ["schemas"] = new JsonObject(schemas),
            ["securitySchemes"] = new JsonObject
            {
                [ContractText.SecurityScheme] = new JsonObject
                {
                    ["type"] = "httpApiKey",
                    ["name"] = ContractText.SignatureHeader,
                    ["in"] = "header",
                    ["description"] = ContractText.Signature,
                },
            },
            ["messageBindings"] = new JsonObject { [MessageParts.Bindings] = MessageParts.HttpBinding() },
        };
    }
}
