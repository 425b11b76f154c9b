using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Model;

namespace Scouthook.AsyncApi.Rendering;

/// <summary>Writes the contract as AsyncAPI 2.6.0.</summary>
/// <remarks>
/// There, <c>publish</c> is described from the other side: the messages that others may send. So it is the operation of
/// a receiver.
/// </remarks>
internal static class AsyncApi2Document
{
    public static JsonObject Render(Contract contract, string version) => new()
    {
        ["asyncapi"] = version,
        ["id"] = ContractText.Id,
        ["info"] = CommonParts.Info(),
        ["tags"] = CommonParts.Tags(),
        ["externalDocs"] = CommonParts.ExternalDocs(ContractText.Source, ContractText.SourceTitle),
        ["defaultContentType"] = CommonParts.ContentType,
        ["servers"] = new JsonObject
        {
            [CommonParts.Server] = new JsonObject
            {
                ["url"] = "https://{host}:{port}",
                ["protocol"] = "https",
                ["description"] = ContractText.Server,
                ["variables"] = CommonParts.ServerVariables(),
                ["security"] = Security(),
            },
        },
        ["channels"] = new JsonObject
        {
            [ContractText.Address] = new JsonObject
            {
                ["description"] = ContractText.Channel,
                ["servers"] = new JsonArray(CommonParts.Server),
                ["publish"] = Operation(contract),
            },
        },
        ["components"] = CommonParts.Components(contract, Message),
    };

    private static JsonObject Operation(Contract contract) => new()
    {
        ["operationId"] = ContractText.OperationId,
        ["summary"] = ContractText.OperationSummary,
        ["description"] = ContractText.Operation,
        ["externalDocs"] = CommonParts.ExternalDocs(ContractText.Source, ContractText.SourceTitle),
        ["bindings"] = CommonParts.OperationBindings(),
        ["message"] = new JsonObject
        {
            ["oneOf"] = new JsonArray([.. contract.Messages.Select(message =>
                new JsonObject { ["$ref"] = $"#/components/messages/{message.Name}" })]),
        },
    };

    private static JsonObject Message(ContractMessage message)
    {
        var written = MessageParts.Write(message);
        written.Insert(0, "messageId", message.Name);
        return written;
    }

    private static JsonArray Security() => new(new JsonObject { [ContractText.SecurityScheme] = new JsonArray() });
}
