using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>The location of schemas in a document, the same in both versions of AsyncAPI.</summary>
internal static class SchemaName
{
    public const string Signature = "HelpScoutSignature";
    private const string Components = "#/components/schemas/";

    public static JsonObject Reference(string name) => new() { ["$ref"] = Components + name };

    /// <summary>Returns the name that a reference created here points to.</summary>
    public static string Of(string reference) => reference[Components.Length..];
}
