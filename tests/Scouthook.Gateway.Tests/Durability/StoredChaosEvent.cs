using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>An event as the management API returns it.</summary>
/// <param name="Event">Its name and body.</param>
/// <param name="Json">Its other members.</param>
internal sealed record StoredChaosEvent(ChaosEvent Event, JsonNode Json)
{
    public string Id { get; } = (string)Json["id"]!;

    public long Sequence { get; } = (long)Json["sequence"]!;

    /// <summary>The number of requests that it stands for.</summary>
    public long Requests { get; } = 1 + (long)Json["repeats"]!;

    public bool IsPossibleRepeat { get; } = (string?)Json["repeat"] == "possible";

    /// <summary>What it keeps its order with: ratings go with their conversation, events without a resource with nothing.</summary>
    public string OrderedWith { get; } = (string?)Json["resource"]?["kind"] switch
    {
        null => $"event {Json["id"]}",
        "rating" when Json["conversationId"] is { } conversation => $"conversation {conversation}",
        var kind => $"{kind} {Json["resource"]!["id"]}",
    };

    public override string ToString() => $"{Event.Name} {Sequence} ({OrderedWith})";
}
