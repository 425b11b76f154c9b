using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>The generated documents.</summary>
internal static class Documents
{
    public static TheoryData<string> Versions => [.. AsyncApiVersion.All.Select(version => version.ToString())];

    public static JsonObject Newest => Json("3.0.0");

    public static AsyncApiDocument Create(string version)
    {
        Assert.True(AsyncApiVersion.TryParse(version, out var asked));
        return AsyncApiDocument.Create(asked);
    }

    /// <summary>Returns a new tree each time: a node can belong to only one tree.</summary>
    public static JsonObject Json(string version) => JsonNode.Parse(Create(version).ToJson())!.AsObject();
}
