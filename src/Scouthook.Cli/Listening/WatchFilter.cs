using System.Text.Json.Nodes;
using Scouthook.Cli.Tables;
using Scouthook.Inbox.Model;

namespace Scouthook.Cli.Listening;

/// <summary>Which messages of a stream are shown.</summary>
/// <param name="Patterns">Of these event types; empty for all.</param>
/// <param name="EndpointId">Only attempts to this endpoint; <see langword="null"/>: events, and attempts to all endpoints.</param>
internal sealed record WatchFilter(IReadOnlyList<string> Patterns, string? EndpointId)
{
    public bool IncludesEvent(JsonObject stored) => EndpointId is null && IncludesType(ItemText.Of(stored["type"]));

    public bool IncludesEndpoint(JsonObject attempt) => EndpointId is null || ItemText.Of(attempt["endpointId"]) == EndpointId;

    public bool IncludesType(string type) => Patterns.Count == 0 || Patterns.Any(pattern => EventPattern.Matches(pattern, type));
}
