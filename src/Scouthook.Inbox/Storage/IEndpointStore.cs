using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Stores the endpoints.</summary>
/// <remarks>
/// Reading, deciding and writing are one transaction, and so is the audit entry: changes are passed as functions, which
/// get the endpoint at that moment. They must depend on nothing else and have no side effects, as they run again if the
/// transaction is rolled back. Where nothing changes, nothing is recorded.
/// </remarks>
internal interface IEndpointStore
{
    /// <summary>Lists all endpoints, in order of creation.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Creates an endpoint.</summary>
    /// <param name="definition">The desired configuration.</param>
    /// <param name="secrets">Its secrets, encrypted; <see langword="null"/> for handlers.</param>
    /// <param name="start">The position to start from.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">Describes the new endpoint for the audit log.</param>
    /// <returns>The endpoint, or <see cref="EndpointOutcome.NameTaken"/>.</returns>
    Task<EndpointResult> CreateAsync(
        EndpointDefinition definition,
        byte[]? secrets,
        StartPosition start,
        DateTimeOffset now,
        Func<WebhookEndpoint, AuditEntry>? audit = null);

    /// <summary>
    /// Makes the endpoints of one origin match their declarations: creates, changes, and disables those no longer
    /// declared.
    /// </summary>
    /// <param name="origin">The declaring origin.</param>
    /// <param name="declared">All endpoints declared by this origin.</param>
    /// <param name="goneReason">
    /// Why those no longer declared are disabled; declared again, they return to their earlier state.
    /// </param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">
    /// Describes the change for the audit log, from the endpoint before (<see langword="null"/> if it is new) and
    /// after; <see langword="null"/> for no entry.
    /// </param>
    /// <returns>The names already used by endpoints of another origin; those declarations have no effect.</returns>
    Task<IReadOnlyList<string>> DeclareAsync(
        EndpointOrigin origin,
        IReadOnlyList<DesiredEndpoint> declared,
        string goneReason,
        DateTimeOffset now,
        Func<WebhookEndpoint?, WebhookEndpoint, AuditEntry?>? audit = null);

    /// <summary>Changes the definition of an endpoint; its secrets stay unchanged.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">Creates the new definition from the current one.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">Describes the change for the audit log, from the endpoint before and after it.</param>
    /// <returns>
    /// The changed endpoint, or <see cref="EndpointOutcome.NotFound"/>, <see cref="EndpointOutcome.Declared"/> or
    /// <see cref="EndpointOutcome.NameTaken"/>.
    /// </returns>
    Task<EndpointResult> ChangeAsync(
        Guid id,
        Func<EndpointDefinition, EndpointDefinition> change,
        DateTimeOffset now,
        Func<WebhookEndpoint, WebhookEndpoint, AuditEntry>? audit = null);

    /// <summary>Changes the secrets of an endpoint; its definition stays unchanged.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">Creates the new secrets from the stored ones, or rejects the change.</param>
    /// <param name="audit">The entry for the audit log.</param>
    /// <returns>
    /// The endpoint, <see cref="EndpointOutcome.NotFound"/>, or the outcome of <paramref name="change"/>.
    /// </returns>
    Task<EndpointResult> ChangeSecretsAsync(
        Guid id, Func<WebhookEndpoint, SecretsChange> change, AuditEntry? audit = null);

    /// <summary>Removes an endpoint. Its pending deliveries are discarded; completed ones stay visible.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">Describes the removed endpoint for the audit log.</param>
    /// <returns>
    /// The endpoint as it was, or <see cref="EndpointOutcome.NotFound"/> or <see cref="EndpointOutcome.Declared"/>.
    /// </returns>
    Task<EndpointResult> DeleteAsync(Guid id, DateTimeOffset now, Func<WebhookEndpoint, AuditEntry>? audit = null);

    /// <summary>Pauses, disables or enables an endpoint.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="state">The new state.</param>
    /// <param name="reason">Why it is disabled.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">The entry for the audit log.</param>
    /// <returns>
    /// The endpoint after the change; <see cref="EndpointOutcome.Unchanged"/> if it was already in that state, or
    /// <see cref="EndpointOutcome.NotFound"/>.
    /// </returns>
    /// <remarks>When an endpoint is enabled, all its pending deliveries become due, the oldest first.</remarks>
    Task<EndpointResult> SetStateAsync(
        Guid id, EndpointState state, string? reason, DateTimeOffset now, AuditEntry? audit = null);

    /// <summary>Makes all pending deliveries of an enabled endpoint due now, the oldest first.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">The entry for the audit log.</param>
    /// <returns>
    /// The endpoint, <see cref="EndpointOutcome.NotFound"/>, or <see cref="EndpointOutcome.NotEnabled"/>.
    /// </returns>
    Task<EndpointResult> RetryAsync(Guid id, DateTimeOffset now, AuditEntry? audit = null);
}
