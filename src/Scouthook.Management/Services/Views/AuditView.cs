using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>One change, and its author.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">The name of the key; several keys may share one.</param>
/// <param name="ActorKeyId">The id of the key; null for a change made without a key, or by an earlier version.</param>
/// <param name="Action">The action, such as <c>endpoint.create</c>.</param>
/// <param name="Target">The object of the action, such as <c>endpoint:</c> and its id.</param>
/// <param name="Detail">Details.</param>
internal sealed record AuditView(
    DateTimeOffset At, string Actor, Guid? ActorKeyId, string Action, string? Target, JsonNode? Detail)
{
    public static AuditView From(AuditEntry entry) => new(
        entry.At,
        entry.Actor,
        entry.ActorKeyId,
        entry.Action,
        entry.Target,
        entry.Detail is { } detail ? JsonNode.Parse(detail) : null);
}
