using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>Describes endpoints in the audit. No member is a secret.</summary>
internal static class EndpointAudit
{
    public static string Target(Guid id) => $"endpoint:{id}";

    /// <summary>The members that a change made different, with their new values.</summary>
    public static JsonObject Changed(EndpointDefinition before, EndpointDefinition after)
    {
        var (old, changed) = (Shown(before), Shown(after));
        foreach (var (name, value) in old)
        {
            if (JsonNode.DeepEquals(value, changed[name]))
            {
                changed.Remove(name);
            }
        }

        return changed;
    }

    public static JsonObject Shown(EndpointDefinition definition) => new()
    {
        ["name"] = definition.Name,
        ["url"] = definition.Url?.AbsoluteUri,
        ["events"] = new JsonArray([.. definition.Events.Select(pattern => JsonValue.Create(pattern))]),
        ["mailboxIds"] = new JsonArray([.. definition.MailboxIds.Select(mailbox => JsonValue.Create(mailbox))]),
        ["ordering"] = definition.Ordering.ToString().ToLowerInvariant(),
        ["timeoutSeconds"] = definition.Timeout?.TotalSeconds,
        ["concurrency"] = definition.Concurrency,
        ["includeUnreadable"] = definition.States.HasFlag(EventStates.Unreadable),
    };
}
