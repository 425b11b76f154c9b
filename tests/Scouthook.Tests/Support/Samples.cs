using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Parsing;
using Xunit;

namespace Scouthook.Tests.Support;

/// <summary>The 26 bodies of <c>contract/payloads</c>, byte for byte.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, byte[]> Bodies = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "payloads"), "*.json")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllBytes);

    public static IReadOnlyList<string> Names { get; } = [.. Bodies.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The names as rows of a theory.</summary>
    public static TheoryData<string> Rows => [.. Names];

    public static byte[] Body(string name) => [.. Bodies[name]];

    public static JsonObject Json(string name) => JsonNode.Parse(Bodies[name])!.AsObject();

    public static HelpScoutEvent Event(string name) => WebhookParser.Parse(name, Body(name));

    public static HelpScoutEventType Type(string name) => HelpScoutEventCatalog.Find(name)!;
}
