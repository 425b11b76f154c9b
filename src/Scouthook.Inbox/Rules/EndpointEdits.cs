using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>
/// Decides about changes to endpoints, inside the transaction of the store. Where nothing changes, nothing is recorded.
/// </summary>
/// <remarks>A transaction that is rolled back runs again, so nothing here has side effects.</remarks>
internal static class EndpointEdits
{
    /// <summary>The reason of an endpoint that was deleted: its deliveries still show it.</summary>
    public const string DeletedReason = "It was deleted.";

    public static EndpointResult Create(
        EndpointChanges changes,
        EndpointDefinition definition,
        byte[]? secrets,
        StartPosition start,
        Func<WebhookEndpoint, AuditEntry>? audit)
    {
        if (changes.FindByName(definition.Name) is not null)
        {
            return new EndpointResult(EndpointOutcome.NameTaken);
        }

        var created = changes.Add(definition, secrets, EndpointOrigin.Api, start);
        changes.Record(audit?.Invoke(created));
        return new EndpointResult(EndpointOutcome.Done, created);
    }

    public static EndpointResult Change(
        EndpointChanges changes,
        Guid id,
        Func<EndpointDefinition, EndpointDefinition> change,
        Func<WebhookEndpoint, WebhookEndpoint, AuditEntry>? audit)
    {
        if (Refuse(changes, id, out var endpoint) is { } refused)
        {
            return refused;
        }

        var definition = change(endpoint!.Definition);
        if (changes.FindByName(definition.Name) is { } other && other.Id != id)
        {
            return new EndpointResult(EndpointOutcome.NameTaken, endpoint);
        }

        var changed = SetDefinition(changes, endpoint, definition);
        changes.Record(audit?.Invoke(endpoint, changed));
        return new EndpointResult(EndpointOutcome.Done, changed);
    }

    public static EndpointResult ChangeSecrets(
        EndpointChanges changes, Guid id, Func<WebhookEndpoint, SecretsChange> change, AuditEntry? audit)
    {
        if (changes.Find(id) is not { } endpoint)
        {
            return new EndpointResult(EndpointOutcome.NotFound);
        }

        var decided = change(endpoint);
        if (decided is not { Outcome: EndpointOutcome.Done, Secrets: { } secrets })
        {
            return new EndpointResult(decided.Outcome, endpoint);
        }

        changes.Record(audit);
        return new EndpointResult(EndpointOutcome.Done, SetSecrets(changes, endpoint, secrets));
    }

    public static EndpointResult Delete(EndpointChanges changes, Guid id, Func<WebhookEndpoint, AuditEntry>? audit)
    {
        if (Refuse(changes, id, out var endpoint) is { } refused)
        {
            return refused;
        }

        changes.Remove(endpoint!);
        changes.Record(audit?.Invoke(endpoint!));
        return new EndpointResult(EndpointOutcome.Done, endpoint);
    }

    /// <remarks>
    /// An endpoint no longer declared remains so: the state set now is the one it returns to when declared again.
    /// </remarks>
    public static EndpointResult SetState(
        EndpointChanges changes, Guid id, EndpointState state, string? reason, AuditEntry? audit = null)
    {
        if (changes.Find(id) is not { } endpoint)
        {
            return new EndpointResult(EndpointOutcome.NotFound);
        }

        // Also if it is enabled already: an operator asks for what waits.
        if (state is EndpointState.Enabled)
        {
            changes.MakeDue(endpoint);
        }

        if (endpoint.State == state)
        {
            return new EndpointResult(EndpointOutcome.Unchanged, endpoint);
        }

        changes.Record(audit);
        return new EndpointResult(
            EndpointOutcome.Done,
            SetState(changes, endpoint, state, reason, undeclaredFrom: endpoint.UndeclaredFrom is null ? null : state));
    }

    public static EndpointResult Retry(EndpointChanges changes, Guid id, AuditEntry? audit)
    {
        switch (changes.Find(id))
        {
            case null:
                return new EndpointResult(EndpointOutcome.NotFound);
            case { State: not EndpointState.Enabled } endpoint:
                return new EndpointResult(EndpointOutcome.NotEnabled, endpoint);
            case { } endpoint:
                changes.MakeDue(endpoint);
                changes.Record(audit);

                // The new revision makes the worker, here or on another node, attempt one at once even if the endpoint is down.
                return new EndpointResult(EndpointOutcome.Done, Replace(changes, endpoint with { Revision = endpoint.Revision + 1 }));
        }
    }

    internal static WebhookEndpoint SetDefinition(EndpointChanges changes, WebhookEndpoint endpoint, EndpointDefinition definition) =>
        endpoint.Definition.IsSameAs(definition)
            ? endpoint
            : Replace(changes, endpoint with { Definition = definition, Revision = endpoint.Revision + 1 });

    internal static WebhookEndpoint SetSecrets(EndpointChanges changes, WebhookEndpoint endpoint, byte[] secrets) =>
        Replace(changes, endpoint with { Secrets = secrets, Revision = endpoint.Revision + 1 });

    internal static WebhookEndpoint SetState(
        EndpointChanges changes, WebhookEndpoint endpoint, EndpointState state, string? reason, EndpointState? undeclaredFrom)
    {
        var changed = endpoint with
        {
            State = state,
            StateReason = reason,
            UndeclaredFrom = undeclaredFrom,
            Revision = endpoint.Revision + 1,
        };
        if (state is EndpointState.Enabled)
        {
            // Re-enabling restarts the failure period. Earlier failures no longer count; the time of the last one is kept.
            changed = changed with
            {
                FailingSince = null,
                Health = new EndpointHealth
                {
                    LastFailedAt = endpoint.Health.LastFailedAt,
                    LastDeliveredAt = endpoint.Health.LastDeliveredAt,
                },
            };
        }
        else if (state is EndpointState.Disabled)
        {
            changes.Raise(OperationalEvents.EndpointDisabled(endpoint, reason, changes.Now));
        }

        return Replace(changes, changed);
    }

    internal static WebhookEndpoint Replace(EndpointChanges changes, WebhookEndpoint changed)
    {
        changes.Replace(changed);
        return changed;
    }

    /// <returns>Why the endpoint cannot be edited through the API, or <see langword="null"/>.</returns>
    private static EndpointResult? Refuse(EndpointChanges changes, Guid id, out WebhookEndpoint? endpoint)
    {
        endpoint = changes.Find(id);
        return endpoint switch
        {
            null => new EndpointResult(EndpointOutcome.NotFound),
            { IsDeclared: true } => new EndpointResult(EndpointOutcome.Declared, endpoint),
            _ => null,
        };
    }
}
