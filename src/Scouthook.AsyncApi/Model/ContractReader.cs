using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Describing;
using Scouthook.AsyncApi.Schemas;
using Scouthook.Events;
using Scouthook.Signing;

namespace Scouthook.AsyncApi.Model;

/// <summary>Reads the contract from the catalogue, the payload types and their comments.</summary>
internal static class ContractReader
{
    public static Contract Read()
    {
        var schemas = new PayloadSchemas(HelpScoutEventCatalog.All[0].PayloadJson.Options);
        ContractMessage[] messages = [.. HelpScoutEventCatalog.All.Select(type => Read(type, schemas))];
        return new Contract(messages, schemas.Components);
    }

    private static ContractMessage Read(HelpScoutEventType type, PayloadSchemas schemas)
    {
        var body = Resource.Bytes($"payloads/{type.Name}.json");
        var text = MessageText.Of(type.Name);
        return new ContractMessage(
            type.MessageName,
            type.Name,
            text.Title,
            text.Summary,
            MessageText.Describe(type.Name, type.PayloadClrType.Name),
            ContractFamily.Of(type.Resource),
            schemas.Refer(type.PayloadClrType),
            JsonNode.Parse(body)!,
            HelpScoutSignature.Sign(body, ContractText.ExampleSecret));
    }
}
