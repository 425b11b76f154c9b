using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scouthook.AsyncApi.Describing;
using Scouthook.AsyncApi.Schemas;
using Scouthook.Events;
using Scouthook.Signing;

namespace Scouthook.AsyncApi.Model;

/// <summary>Reads the contract out of the catalogue, the payload types and their comments.</summary>
internal static partial class ContractReader
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
        return new ContractMessage(
            type.MessageName,
            type.Name,
            Title(type.EventClass),
            schemas.Comments.Summary(type.EventClass),
            Description(type, schemas.Comments),
            ContractFamily.Of(type.Resource),
            schemas.Refer(type.PayloadClass),
            JsonNode.Parse(body)!,
            HelpScoutSignature.Sign(body, ContractText.ExampleSecret));
    }

    /// <summary>What the family has in common stands in the comment of the type that it derives from.</summary>
    private static string Description(HelpScoutEventType type, Comments comments)
    {
        var family = type.IsDeletion ? typeof(IDeletionEvent) : type.EventClass.BaseType!;
        string[] parts =
        [
            $"Sent as `{ContractText.EventHeader}: {type.Name}`. {comments.Summary(family)}",
            comments.Remarks(type.EventClass),
            comments.Remarks(family),
        ];
        return string.Join("\n\n", parts.Where(part => part.Length > 0));
    }

    private static string Title(Type eventClass)
    {
        var words = Words().Replace(eventClass.Name, match => " " + match.Value.ToLowerInvariant());
        return words.Replace("ai answers", "AI Answers", StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}
