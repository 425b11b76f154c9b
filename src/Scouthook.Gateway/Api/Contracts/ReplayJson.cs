using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A replay on the wire.</summary>
internal sealed record ReplayJson(
    Guid Id,
    string State,
    double Progress,
    long Added,
    Guid? EventId,
    Guid? EndpointId,
    bool DeadLetters,
    IReadOnlyList<string> Types,
    string? Source,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    public static ReplayJson From(Replay replay) => new(
        replay.Id,
        DeliveryText.From(replay.State),
        Math.Round(replay.Progress, 3, MidpointRounding.ToZero),
        replay.Added,
        replay.Request.EventId,
        replay.Request.EndpointId,
        replay.Request.DeadLetters,
        replay.Request.EventTypes,
        replay.Request.Source,
        replay.Request.Since,
        replay.Request.Until,
        replay.CreatedAt,
        replay.EndedAt);
}
