using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Model;

namespace Scouthook.AsyncApi.Rendering;

/// <summary>Writes the contract as AsyncAPI 3.0.0.</summary>
internal static class AsyncApi3Document
{
    private const string ChannelName = "webhook";

    public static JsonObject Render(Contract contract, string version)
    {
        var info = CommonParts.Info();
        info["tags"] = CommonParts.Tags();
        info["externalDocs"] = CommonParts.ExternalDocs(ContractText.Source, ContractText.SourceTitle);
        return new JsonObject
        {
            ["asyncapi"] = version,
            ["id"] = ContractText.Id,
            ["info"] = info,
            ["defaultContentType"] = CommonParts.ContentType,
            ["servers"] = new JsonObject
            {
                [CommonParts.Server] = new JsonObject
                {
                    ["host"] = "{host}:{port}",
                    ["protocol"] = "https",
                    ["description"] = ContractText.Server,
                    ["variables"] = CommonParts.ServerVariables(),
                    ["security"] = Security(),
                },
            },
            ["channels"] = new JsonObject { [ChannelName] = Channel(contract) },
            ["operations"] = new JsonObject { [ContractText.OperationId] = Operation(contract) },
            ["components"] = CommonParts.Components(contract, MessageParts.Write),
        };
    }

    private static JsonObject Channel(Contract contract) => new()
    {
        ["address"] = ContractText.Address,
        ["title"] = ContractText.ChannelTitle,
        ["description"] = ContractText.Channel,
        ["servers"] = new JsonArray(Reference($"#/servers/{CommonParts.Server}")),
        ["messages"] = new JsonObject(contract.Messages.Select(message => KeyValuePair.Create(
            message.Name, (JsonNode?)Reference($"#/components/messages/{message.Name}")))),
    };

    private static JsonObject Operation(Contract contract) => new()
    {
        ["action"] = "receive",
        ["channel"] = Reference($"#/channels/{ChannelName}"),
        ["title"] = ContractText.OperationTitle,
        ["summary"] = ContractText.OperationSummary,
        ["description"] = ContractText.Operation,
        ["externalDocs"] = CommonParts.ExternalDocs(ContractText.Source, ContractText.SourceTitle),
        ["bindings"] = CommonParts.OperationBindings(),
        ["messages"] = new JsonArray([.. contract.Messages.Select(message =>
            Reference($"#/channels/{ChannelName}/messages/{message.Name}"))]),
    };

    private static JsonArray Security() =>
        new(Reference($"#/components/securitySchemes/{ContractText.SecurityScheme}"));

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
