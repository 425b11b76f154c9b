using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Where schemas are in a document; both versions of AsyncAPI have them at the same place.</summary>
internal static class SchemaName
{
    public const string Signature = "HelpScoutSignature";
    private const string Components = "#/components/schemas/";

    public static JsonObject Reference(string name) => new() { ["$ref"] = Components + name };

    /// <summary>Returns the name that a reference made here points to.</summary>
    public static string Of(string reference) => reference[Components.Length..];
}
