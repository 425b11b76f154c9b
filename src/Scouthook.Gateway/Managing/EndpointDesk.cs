using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may do with endpoints, whether they ask through the API or the dashboard.</summary>
internal sealed class EndpointDesk(
    IEndpointStore store, SecretProtector protector, WebhookSender sender, Audit audit, TimeProvider timeProvider)
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(15);

    /// <summary>All of them; their secrets are encrypted.</summary>
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

    public Task<EndpointResult> CreateAsync(
        Caller caller, EndpointDefinition definition, EndpointSecret secret, StartPosition start)
    {
        caller.MustBe(ApiRole.Admin);
        return store.CreateAsync(
            definition,
            protector.Protect(new EndpointSecrets(secret)),
            start,
            timeProvider.GetUtcNow(),
            created => audit.Entry(
                caller, "endpoint.create", EndpointAudit.Target(created.Id), EndpointAudit.Shown(created.Definition)));
    }

    public Task<EndpointResult> ChangeAsync(
        Caller caller, Guid id, Func<EndpointDefinition, EndpointDefinition> change)
    {
        caller.MustBe(ApiRole.Admin);
        return store.ChangeAsync(
            id,
            change,
            timeProvider.GetUtcNow(),
            (before, after) => audit.Entry(
                caller,
                "endpoint.change",
                EndpointAudit.Target(id),
                EndpointAudit.Changed(before.Definition, after.Definition)));
    }

    public Task<EndpointResult> DeleteAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Admin);
        return store.DeleteAsync(
            id,
            timeProvider.GetUtcNow(),
            deleted => audit.Entry(
                caller, "endpoint.delete", EndpointAudit.Target(id), EndpointAudit.Shown(deleted.Definition)));
    }

    /// <summary>Pauses or enables an endpoint; succeeds if it is already in that state.</summary>
    public Task<EndpointResult> SetStateAsync(Caller caller, Guid id, EndpointState state)
    {
        caller.MustBe(ApiRole.Operator);
        return store.SetStateAsync(
            id,
            state,
            null,
            timeProvider.GetUtcNow(),
            audit.Entry(
                caller, state is EndpointState.Paused ? "endpoint.pause" : "endpoint.resume", EndpointAudit.Target(id)));
    }

    /// <summary>Makes everything that waits at an enabled endpoint due now, the oldest first.</summary>
    public Task<EndpointResult> RetryAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        return store.RetryAsync(
            id, timeProvider.GetUtcNow(), audit.Entry(caller, "endpoint.retry", EndpointAudit.Target(id)));
    }

    /// <summary>Gives an endpoint a new secret; those before it sign until their grace ends.</summary>
    public Task<EndpointResult> RotateAsync(Caller caller, Guid id, EndpointSecret secret)
    {
        caller.MustBe(ApiRole.Admin);
        var now = timeProvider.GetUtcNow();
        return store.ChangeSecretsAsync(
            id, endpoint => Rotate(endpoint, secret, now), audit.Entry(caller, "endpoint.rotate-secret", EndpointAudit.Target(id)));
    }

    /// <summary>Ends the grace of all earlier secrets; succeeds if none still signs.</summary>
    public Task<EndpointResult> FinishRotationAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Admin);
        var now = timeProvider.GetUtcNow();
        return store.ChangeSecretsAsync(
            id, endpoint => Finish(endpoint, now), audit.Entry(caller, "endpoint.rotate-secret.finish", EndpointAudit.Target(id)));
    }

    /// <summary>Posts a test event to the endpoint now; it is not stored.</summary>
    public async Task<EndpointTest> TestAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        if (await store.FindAsync(id, cancellationToken) is not { } endpoint)
        {
            return new EndpointTest(EndpointOutcome.NotFound);
        }

        if (endpoint is not { Definition.Url: { } url, Secrets: { } stored })
        {
            return new EndpointTest(EndpointOutcome.NotHttp);
        }

        var now = timeProvider.GetUtcNow();
        if (protector.Unprotect(id, stored) is not { } secrets)
        {
            var unreadable = new AttemptResult { Outcome = AttemptOutcome.SecretUnreadable, Error = HttpAttempt.SecretUnreadable };
            return new EndpointTest(EndpointOutcome.Done, new Attempt(1, now, unreadable));
        }

        // Before it is sent: the caller may hang up, and the process may end, while the endpoint takes its time.
        await audit.RecordAsync(caller, "endpoint.test", EndpointAudit.Target(id));
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
        return new EndpointTest(EndpointOutcome.Done, new Attempt(1, now, result));
    }

    private SecretsChange Rotate(WebhookEndpoint endpoint, EndpointSecret next, DateTimeOffset now)
    {
        if (endpoint.Secrets is not { } stored)
        {
            return new SecretsChange(EndpointOutcome.NotHttp);
        }

        if (endpoint is { IsDeclared: true, IsSecretDeclared: true })
        {
            return new SecretsChange(EndpointOutcome.SecretDeclared);
        }

        // Secrets that can no longer be decrypted have no grace: nobody can sign with them.
        var secrets = protector.Unprotect(endpoint.Id, stored);
        return secrets?.IsFull(now) is true
            ? new SecretsChange(EndpointOutcome.TooManySecrets)
            : SecretsChange.Store(protector.Protect(secrets?.Rotate(next, now) ?? new EndpointSecrets(next)));
    }

    private SecretsChange Finish(WebhookEndpoint endpoint, DateTimeOffset now)
    {
        if (endpoint.Secrets is not { } stored)
        {
            return new SecretsChange(EndpointOutcome.NotHttp);
        }

        return protector.Unprotect(endpoint.Id, stored) switch
        {
            null => new SecretsChange(EndpointOutcome.SecretsUnreadable),
            { } secrets when secrets.IsInGrace(now) => SecretsChange.Store(protector.Protect(secrets.Finish())),
            _ => new SecretsChange(EndpointOutcome.Unchanged),
        };
    }
}
