using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Model;

/// <summary>All that the contract says, in no version of AsyncAPI yet.</summary>
/// <param name="Messages">The 26 messages, in the order of the catalogue.</param>
/// <param name="Schemas">Payload types, and what they are made of, by name.</param>
internal sealed record Contract(
    IReadOnlyList<ContractMessage> Messages, IReadOnlyDictionary<string, JsonObject> Schemas);
