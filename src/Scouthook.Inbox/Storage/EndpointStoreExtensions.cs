using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage;

/// <summary>The changes to endpoints. Each is one transaction, including its audit entry.</summary>
/// <remarks>
/// Functions are passed on to <see cref="IEndpointStore.ChangeAsync"/>: they get the endpoint at that moment, and must depend
/// on nothing else. Where nothing changes, nothing is recorded.
/// </remarks>
internal static class EndpointStoreExtensions
{
    /// <summary>Creates an endpoint.</summary>
    /// <param name="store">The store.</param>
    /// <param name="definition">The desired configuration.</param>
    /// <param name="secrets">Its secrets, encrypted; <see langword="null"/> for handlers.</param>
    /// <param name="start">The position to start from.</param>
    /// <param name="audit">Describes the new endpoint for the audit log.</param>
    /// <returns>The endpoint, or <see cref="EndpointOutcome.NameTaken"/>.</returns>
    public static Task<EndpointResult> CreateAsync(
        this IEndpointStore store,
        EndpointDefinition definition,
        byte[]? secrets,
        StartPosition start,
        Func<WebhookEndpoint, AuditEntry>? audit = null) =>
        store.ChangeAsync(changes => EndpointEdits.Create(changes, definition, secrets, start, audit));

    /// <summary>
    /// Makes the endpoints of one origin match their declaration, unless another node declares something newer.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="declared">All endpoints declared by this origin.</param>
    /// <param name="audit">
    /// Describes the change for the audit log, from the endpoint before (<see langword="null"/> if it is new) and after;
    /// <see langword="null"/> for no entry.
    /// </param>
    public static Task<DeclarationResult> DeclareAsync(
        this IEndpointStore store,
        DesiredEndpointSet declared,
        Func<WebhookEndpoint?, WebhookEndpoint, AuditEntry?>? audit = null) =>
        store.ChangeAsync(changes => DeclarationEdits.Declare(changes, declared, audit));

    /// <summary>Changes the definition of an endpoint; its secrets stay unchanged.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">Creates the new definition from the current one.</param>
    /// <param name="audit">Describes the change for the audit log, from the endpoint before and after it.</param>
    /// <returns>
    /// The changed endpoint, or <see cref="EndpointOutcome.NotFound"/>, <see cref="EndpointOutcome.Declared"/> or
    /// <see cref="EndpointOutcome.NameTaken"/>.
    /// </returns>
    public static Task<EndpointResult> ChangeAsync(
        this IEndpointStore store,
        Guid id,
        Func<EndpointDefinition, EndpointDefinition> change,
        Func<WebhookEndpoint, WebhookEndpoint, AuditEntry>? audit = null) =>
        store.ChangeAsync(changes => EndpointEdits.Change(changes, id, change, audit));

    /// <summary>Changes the secrets of an endpoint; its definition stays unchanged.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">Creates the new secrets from the stored ones, or refuses.</param>
    /// <param name="audit">The entry for the audit log.</param>
    /// <returns>
    /// The endpoint, <see cref="EndpointOutcome.NotFound"/>, or the outcome of <paramref name="change"/>.
    /// </returns>
    public static Task<EndpointResult> ChangeSecretsAsync(
        this IEndpointStore store, Guid id, Func<WebhookEndpoint, SecretsChange> change, AuditEntry? audit = null) =>
        store.ChangeAsync(changes => EndpointEdits.ChangeSecrets(changes, id, change, audit));

    /// <summary>Removes an endpoint. Its pending deliveries are discarded; completed ones stay visible.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="audit">Describes the removed endpoint for the audit log.</param>
    /// <returns>
    /// The endpoint as it was, or <see cref="EndpointOutcome.NotFound"/> or <see cref="EndpointOutcome.Declared"/>.
    /// </returns>
    public static Task<EndpointResult> DeleteAsync(
        this IEndpointStore store, Guid id, Func<WebhookEndpoint, AuditEntry>? audit = null) =>
        store.ChangeAsync(changes => EndpointEdits.Delete(changes, id, audit));

    /// <summary>Pauses, disables or enables an endpoint.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="state">The new state.</param>
    /// <param name="reason">Why it is disabled.</param>
    /// <param name="audit">The entry for the audit log.</param>
    /// <returns>
    /// The endpoint after the change; <see cref="EndpointOutcome.Unchanged"/> if it was already in that state, or
    /// <see cref="EndpointOutcome.NotFound"/>.
    /// </returns>
    /// <remarks>When an endpoint is enabled, all its pending deliveries become due, the oldest first.</remarks>
    public static Task<EndpointResult> SetStateAsync(
        this IEndpointStore store, Guid id, EndpointState state, string? reason, AuditEntry? audit = null) =>
        store.ChangeAsync(changes => EndpointEdits.SetState(changes, id, state, reason, audit));

    /// <summary>Makes all pending deliveries of an enabled endpoint due now, the oldest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="audit">The entry for the audit log.</param>
    /// <returns>
    /// The endpoint, <see cref="EndpointOutcome.NotFound"/>, or <see cref="EndpointOutcome.NotEnabled"/>.
    /// </returns>
    public static Task<EndpointResult> RetryAsync(this IEndpointStore store, Guid id, AuditEntry? audit = null) =>
        store.ChangeAsync(changes => EndpointEdits.Retry(changes, id, audit));
}
