using System.Text.Json.Nodes;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may do with endpoints, whether they ask through the API or the dashboard.</summary>
internal sealed class EndpointDesk(
    IEndpointStore store, SecretProtector protector, WebhookSender sender, Audit audit, TimeProvider timeProvider)
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(15);

    /// <summary>All of them; the definitions hold no readable secret.</summary>
    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return store.ListAsync(cancellationToken);
    }

    /// <returns><see langword="null"/>: there is none.</returns>
    public Task<WebhookEndpoint?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return store.FindAsync(id, cancellationToken);
    }

    /// <returns>The endpoint; <see langword="null"/>: its name is taken.</returns>
    public async Task<WebhookEndpoint?> CreateAsync(
        Caller caller, EndpointDefinition definition, EndpointSecret secret, StartPosition start)
    {
        caller.MustBe(ApiRole.Admin);
        var created = await store.CreateAsync(
            definition with { Secrets = protector.Protect(new EndpointSecrets(secret)) }, start, timeProvider.GetUtcNow());
        if (created is not null)
        {
            await audit.RecordAsync(caller, "endpoint.create", Target(created.Id), Shown(definition));
        }

        return created;
    }

    public async Task<EndpointChange> ChangeAsync(
        Caller caller, Guid id, Func<EndpointDefinition, EndpointDefinition> change, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        if (await store.FindAsync(id, cancellationToken) is not { } endpoint)
        {
            return EndpointChange.NotFound;
        }

        if (IsDeclared(endpoint))
        {
            return EndpointChange.DeclaredElsewhere;
        }

        var definition = change(endpoint.Definition);
        if (!await store.ChangeAsync(id, definition, timeProvider.GetUtcNow()))
        {
            return EndpointChange.NameTaken;
        }

        await audit.RecordAsync(caller, "endpoint.change", Target(id), Changed(endpoint.Definition, definition));
        return EndpointChange.Done;
    }

    public async Task<EndpointChange> DeleteAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        if (await store.FindAsync(id, cancellationToken) is not { } endpoint)
        {
            return EndpointChange.NotFound;
        }

        if (IsDeclared(endpoint))
        {
            return EndpointChange.DeclaredElsewhere;
        }

        await store.DeleteAsync(id, timeProvider.GetUtcNow());
        await audit.RecordAsync(caller, "endpoint.delete", Target(id), Shown(endpoint.Definition));
        return EndpointChange.Done;
    }

    /// <summary>One that is in that state already is as was asked for.</summary>
    /// <returns>The endpoint as it is now; <see langword="null"/>: there is none.</returns>
    public async Task<WebhookEndpoint?> SetStateAsync(
        Caller caller, Guid id, EndpointState state, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        if (await store.SetStateAsync(id, state, null, timeProvider.GetUtcNow()))
        {
            await audit.RecordAsync(caller, state is EndpointState.Paused ? "endpoint.pause" : "endpoint.resume", Target(id));
        }

        var endpoint = await store.FindAsync(id, cancellationToken);
        if (state is EndpointState.Enabled && endpoint is not null)
        {
            await store.MakeDueAsync(endpoint.Key, timeProvider.GetUtcNow());
        }

        return endpoint;
    }

    /// <summary>Attempts now what waits at an endpoint, the oldest first.</summary>
    /// <returns>The endpoint, which nothing was changed at unless it is enabled; <see langword="null"/>: there is none.</returns>
    public async Task<WebhookEndpoint?> RetryAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        var endpoint = await store.FindAsync(id, cancellationToken);
        if (endpoint is { State: EndpointState.Enabled })
        {
            await store.MakeDueAsync(endpoint.Key, timeProvider.GetUtcNow());
            await audit.RecordAsync(caller, "endpoint.retry", Target(id));
        }

        return endpoint;
    }

    /// <returns>The endpoint; <see langword="null"/>: there is none with a secret.</returns>
    public async Task<WebhookEndpoint?> RotateAsync(
        Caller caller, Guid id, EndpointSecret secret, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        if (await store.FindAsync(id, cancellationToken) is not { Definition.Secrets: { } stored } endpoint)
        {
            return null;
        }

        // Secrets that can no longer be decrypted have no grace: nobody can sign with them.
        var secrets = protector.Unprotect(id, stored)?.Rotate(secret, timeProvider.GetUtcNow()) ?? new EndpointSecrets(secret);
        await store.SetSecretsAsync(id, protector.Protect(secrets));
        await audit.RecordAsync(caller, "endpoint.rotate-secret", Target(id));
        return endpoint;
    }

    /// <inheritdoc cref="RotateAsync"/>
    public async Task<WebhookEndpoint?> FinishRotationAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        if (await store.FindAsync(id, cancellationToken) is not { Definition.Secrets: { } stored } endpoint)
        {
            return null;
        }

        if (protector.Unprotect(id, stored) is not { } secrets)
        {
            throw new KeyRingUnusableException(
                $"The secret of endpoint {endpoint.Name} cannot be decrypted, so its rotation cannot be finished. Restore the key "
                    + "ring that was beside the store, or rotate the secret once more.");
        }

        await store.SetSecretsAsync(id, protector.Protect(secrets.Finish()));
        await audit.RecordAsync(caller, "endpoint.rotate-secret.finish", Target(id));
        return endpoint;
    }

    /// <summary>Posts a test event to the endpoint now; it is not stored.</summary>
    /// <returns>The result; <see langword="null"/>: there is no such endpoint with a URL.</returns>
    public async Task<Attempt?> TestAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        if (await store.FindAsync(id, cancellationToken) is not { Definition: { Url: { } url, Secrets: { } stored } })
        {
            return null;
        }

        var now = timeProvider.GetUtcNow();
        if (protector.Unprotect(id, stored) is not { } secrets)
        {
            return new Attempt(
                1, now, new AttemptResult { Outcome = AttemptOutcome.SecretUnreadable, Error = HttpAttempt.SecretUnreadable });
        }

        var test = OperationalEvent.Create("scouthook.test", $"{caller.Name} tests this endpoint.", [], now);
        var result = await sender.SendAsync(
            url,
            new WebhookMessage
            {
                EventId = test.Id,
                EventType = test.EventType,
                Source = test.Source,
                Sequence = 0,
                DeliveryId = Guid.CreateVersion7(now),
                Attempt = 1,
                Body = test.Body,
            },
            secrets,
            TestTimeout,
            cancellationToken);
        await audit.RecordAsync(caller, "endpoint.test", Target(id));
        return new Attempt(1, now, result);
    }

    /// <summary>One that was declared once and is no more belongs to nobody else.</summary>
    private static bool IsDeclared(WebhookEndpoint endpoint) =>
        endpoint is { Origin: not EndpointOrigin.Api, UndeclaredFrom: null };

    private static string Target(Guid id) => $"endpoint:{id}";

    /// <summary>The members that are different, as they are now.</summary>
    private static JsonObject Changed(EndpointDefinition before, EndpointDefinition after)
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

    private static JsonObject Shown(EndpointDefinition definition) => new()
    {
        ["name"] = definition.Name,
        ["url"] = definition.Url?.AbsoluteUri,
        ["events"] = new JsonArray([.. definition.Events.Select(it => JsonValue.Create(it))]),
        ["mailboxIds"] = new JsonArray([.. definition.MailboxIds.Select(it => JsonValue.Create(it))]),
        ["ordering"] = definition.Ordering.ToString().ToLowerInvariant(),
        ["timeoutSeconds"] = definition.Timeout?.TotalSeconds,
        ["concurrency"] = definition.Concurrency,
        ["includeUnreadable"] = definition.States.HasFlag(EventStates.Unreadable),
    };
}
