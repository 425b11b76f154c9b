using System.Text.Json.Nodes;
using Scouthook.Events;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>The files of <c>contract/payloads</c>.</summary>
internal static class Samples
{
    public static JsonNode Of(HelpScoutEventType type) =>
        JsonNode.Parse(File.ReadAllBytes(Repository.PathOf($"contract/payloads/{type.Name}.json")))!;
}
