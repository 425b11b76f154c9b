using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Model;

/// <summary>The content of the contract, independent of the version of AsyncAPI.</summary>
/// <param name="Messages">The 26 messages, in the order of the catalogue.</param>
/// <param name="Schemas">The payload types and the types of their members, by name.</param>
internal sealed record Contract(
    IReadOnlyList<ContractMessage> Messages, IReadOnlyDictionary<string, JsonObject> Schemas)
{
    private static readonly Lazy<Contract> Read = new(ContractReader.Read);

    /// <summary>The contract of Help Scout's webhooks.</summary>
    public static Contract HelpScout => Read.Value;
}
