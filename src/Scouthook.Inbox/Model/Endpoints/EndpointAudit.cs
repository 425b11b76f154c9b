using System.Text.Json.Nodes;

namespace Scouthook.Inbox.Model;

/// <summary>Describes endpoints in the audit log. Contains no secrets.</summary>
internal static class EndpointAudit
{
    public static string Target(Guid id) => $"endpoint:{id}";

    /// <summary>Returns the changed members with their new values.</summary>
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

    /// <summary>Describes the change a declaration made; <see langword="null"/> if there was none.</summary>
    /// <param name="before">The endpoint before; <see langword="null"/> if it is new.</param>
    /// <param name="after">The endpoint now.</param>
    /// <param name="by">The name of the declaring component, which has no key.</param>
    /// <param name="now">The current instant.</param>
    public static AuditEntry? Declared(WebhookEndpoint? before, WebhookEndpoint after, string by, DateTimeOffset now)
    {
        if (before is null)
        {
            return Entry("endpoint.create", Shown(after.Definition));
        }

        var detail = Changed(before.Definition, after.Definition);
        if (before.State != after.State)
        {
            detail["state"] = after.State.ToString().ToLowerInvariant();
        }

        if (!before.Secrets.AsSpan().SequenceEqual(after.Secrets))
        {
            detail["secret"] = "changed";
        }

        return detail.Count == 0 ? null : Entry("endpoint.change", detail);

        AuditEntry Entry(string action, JsonObject shown) =>
            new(now, by, null, action, Target(after.Id), shown.ToJsonString());
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
