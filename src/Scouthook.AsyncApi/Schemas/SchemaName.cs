using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Where schemas stand in a document; both versions of AsyncAPI have them at the same place.</summary>
internal static class SchemaName
{
    public const string Signature = "HelpScoutSignature";

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
