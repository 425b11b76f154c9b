using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>One line of the audit on the wire.</summary>
internal sealed record AuditJson(DateTimeOffset At, string Actor, string Action, string? Target, JsonNode? Detail)
{
    public static AuditJson From(AuditEntry entry) => new(
        entry.At, entry.Actor, entry.Action, entry.Target, entry.Detail is { } detail ? JsonNode.Parse(detail) : null);
}
