using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Disclosure;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Lists, creates, changes and tests endpoints, for the API and the dashboard alike.</summary>
internal sealed class EndpointService(
    IEndpointStore store,
    DestinationProviders destinations,
    SecretProtector protector,
    EndpointValidator validator,
    LiveDeliverySettings settings,
    AuditRecorder audit,
    TimeProvider timeProvider)
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<EndpointView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return [.. (await store.ListAsync(cancellationToken)).Select(endpoint => View(endpoint).For(caller))];
    }

    /// <returns><see langword="null"/> if there is none.</returns>
    public async Task<EndpointView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return await store.FindAsync(id, cancellationToken) is { } endpoint ? View(endpoint).For(caller) : null;
    }

    /// <summary>Creates an endpoint that posts to a URL. The response contains its secret, once.</summary>
    public async Task<EndpointChange> CreateAsync(Caller caller, EndpointRequest request)
    {
        caller.MustBe(ApiRole.Admin);
        if (!validator.TryCreate(request, out var definition, out var start, out var invalid)
            || !EndpointValidator.TryReadSecret(request.Secret, out var secret, out invalid))
        {
            return new EndpointChange(default, Invalid: invalid);
        }

        var result = await store.CreateAsync(
            definition,
            protector.Protect(new EndpointSecrets(secret)),
            start,
            created => audit.Entry(
                caller, "endpoint.create", EndpointAudit.Target(created.Id), EndpointAudit.Shown(created.Definition)));
        return result is { Endpoint: { } created }
            ? new EndpointChange(result.Outcome, WithSecret(View(created), secret))
            : new EndpointChange(result.Outcome);
    }

    /// <summary>Changes the members that are set.</summary>
    public async Task<EndpointChange> ChangeAsync(Caller caller, Guid id, EndpointRequest request)
    {
        caller.MustBe(ApiRole.Admin);
        return validator.Validate(request) is { } invalid
            ? new EndpointChange(default, Invalid: invalid)
            : Change(await store.ChangeAsync(
                id,
                definition => EndpointValidator.Apply(request, definition),
                (before, after) => audit.Entry(
                    caller,
                    "endpoint.change",
                    EndpointAudit.Target(id),
                    EndpointAudit.Changed(before.Definition, after.Definition))));
    }

    /// <summary>Deletes an endpoint, and discards its pending deliveries.</summary>
    public async Task<EndpointChange> DeleteAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Admin);
        return Change(await store.DeleteAsync(
            id,
            deleted => audit.Entry(
                caller, "endpoint.delete", EndpointAudit.Target(id), EndpointAudit.Shown(deleted.Definition))));
    }

    /// <summary>Pauses or enables an endpoint; succeeds if it is already in that state.</summary>
    public async Task<EndpointChange> SetStateAsync(Caller caller, Guid id, EndpointState state)
    {
        caller.MustBe(ApiRole.Operator);
        return Change(await store.SetStateAsync(
            id,
            state,
            null,
            audit.Entry(
                caller, state is EndpointState.Paused ? "endpoint.pause" : "endpoint.resume", EndpointAudit.Target(id))));
    }

    /// <summary>Makes all pending deliveries of an enabled endpoint due now, the oldest first.</summary>
    public async Task<EndpointChange> RetryAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        return Change(await store.RetryAsync(
            id, audit.Entry(caller, "endpoint.retry", EndpointAudit.Target(id))));
    }

    /// <summary>
    /// Gives an endpoint a new secret; earlier ones sign until their grace period ends. The response contains the
    /// secret, once.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="secretText">The new secret; <see langword="null"/> to generate one.</param>
    public async Task<EndpointChange> RotateAsync(Caller caller, Guid id, string? secretText)
    {
        caller.MustBe(ApiRole.Admin);
        if (!EndpointValidator.TryReadSecret(secretText, out var secret, out var invalid))
        {
            return new EndpointChange(default, Invalid: invalid);
        }

        var now = timeProvider.GetUtcNow();
        var change = Change(await store.ChangeSecretsAsync(
            id, endpoint => Rotate(endpoint, secret, now), audit.Entry(caller, "endpoint.rotate-secret", EndpointAudit.Target(id))));
        return change is { Outcome: EndpointOutcome.Done, Endpoint: { } view }
            ? change with { Endpoint = WithSecret(view, secret) }
            : change;
    }

    /// <summary>Ends the grace period of all earlier secrets; succeeds if none still signs.</summary>
    public async Task<EndpointChange> FinishRotationAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Admin);
        var now = timeProvider.GetUtcNow();
        return Change(await store.ChangeSecretsAsync(
            id, endpoint => Finish(endpoint, now), audit.Entry(caller, "endpoint.rotate-secret.finish", EndpointAudit.Target(id))));
    }

    /// <summary>Sends a test event to the endpoint now. It is not stored.</summary>
    public async Task<EndpointTest> TestAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        if (await store.FindAsync(id, cancellationToken) is not { } endpoint)
        {
            return new EndpointTest(EndpointOutcome.NotFound);
        }

        var provider = destinations.For(endpoint);
        if (!provider.Describe(endpoint.Definition).IsSigned)
        {
            return new EndpointTest(EndpointOutcome.NotHttp);
        }

        await using var destination = provider.Create(endpoint);
        if (destination.UnavailableReason is null)
        {
            // Recorded before it is sent: the caller may disconnect, and the process may end, before the endpoint has
            // answered.
            await audit.RecordAsync(caller, "endpoint.test", EndpointAudit.Target(id));
        }

        var now = timeProvider.GetUtcNow();
        var result = await AttemptExecutor.MeasureAsync(
            destination, TestLease(caller, endpoint, now), TestTimeout, timeProvider, cancellationToken);
        return new EndpointTest(EndpointOutcome.Done, AttemptView.From(new Attempt(1, now, result), withAnswer: true));
    }

    /// <summary>Creates the lease of an event that is not stored.</summary>
    private static DeliveryLease TestLease(Caller caller, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        var test = OperationalEvent.Create("scouthook.test", $"{caller.Name} is testing this endpoint.", [], now);
        return new DeliveryLease
        {
            DeliveryId = TimeOrderedId.At(now),
            Endpoint = endpoint,
            Attempt = 1,
            AttemptSinceReopened = 1,
            IsStarted = true,
            Event = new StoredEvent
            {
                Id = test.Id,
                Sequence = 0,
                Source = test.Source,
                EventType = test.EventType,
                ReceivedAt = now,
                Facts = test.Facts,
            },
            Body = test.Body.ToArray(),
        };
    }

    private EndpointChange Change(EndpointResult result) =>
        new(result.Outcome, result.Endpoint is { } endpoint ? View(endpoint) : null);

    private EndpointView View(WebhookEndpoint endpoint) =>
        EndpointView.From(endpoint, destinations.For(endpoint).Describe(endpoint.Definition), settings.Current);

    private static EndpointView WithSecret(EndpointView endpoint, EndpointSecret secret) => endpoint with
    {
        Secret = secret.Text,
        StandardWebhooksSecret = secret.StandardText == secret.Text ? null : secret.StandardText,
    };

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

        // Secrets that can no longer be decrypted have no grace period: they cannot sign.
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
