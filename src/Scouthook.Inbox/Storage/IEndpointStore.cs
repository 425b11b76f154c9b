using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Configures where events go.</summary>
/// <remarks>
/// Reading, deciding and writing are one transaction, and so is the audit entry: changes are given as functions, which get
/// the endpoint as it is at that moment. They must depend on nothing else and have no effects, as they run again if the
/// transaction is rolled back. Where nothing is changed, nothing is recorded.
/// </remarks>
internal interface IEndpointStore
{
    /// <summary>All endpoints, in the order of their creation.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Creates an endpoint.</summary>
    /// <param name="definition">What it is to be.</param>
    /// <param name="secrets">Its secrets, encrypted; <see langword="null"/> for handlers.</param>
    /// <param name="start">From where on it gets events.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">Describes the new endpoint for the audit.</param>
    /// <returns>The endpoint, or <see cref="EndpointOutcome.NameTaken"/>.</returns>
    Task<EndpointResult> CreateAsync(
        EndpointDefinition definition,
        byte[]? secrets,
        StartPosition start,
        DateTimeOffset now,
        Func<WebhookEndpoint, AuditEntry>? audit = null);

    /// <summary>Makes the endpoints of one origin be what is declared: creates, changes, and disables what is gone.</summary>
    /// <param name="origin">Who declares.</param>
    /// <param name="declared">Everything that this origin declares.</param>
    /// <param name="goneReason">Why those not declared any more are disabled; declared again, they are in the state they had.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">
    /// Describes what became of an endpoint for the audit, from before (<see langword="null"/>: it is new) and after;
    /// <see langword="null"/>: nothing worth an entry.
    /// </param>
    /// <returns>The names that are taken by endpoints of another origin; those declarations have no effect.</returns>
    Task<IReadOnlyList<string>> DeclareAsync(
        EndpointOrigin origin,
        IReadOnlyList<DesiredEndpoint> declared,
        string goneReason,
        DateTimeOffset now,
        Func<WebhookEndpoint?, WebhookEndpoint, AuditEntry?>? audit = null);

    /// <summary>Changes the definition of an endpoint; its secrets stay what they are.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">Makes the new definition of the one in force.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">Describes the change for the audit, from the endpoint before and after it.</param>
    /// <returns>
    /// The changed endpoint, or <see cref="EndpointOutcome.NotFound"/>, <see cref="EndpointOutcome.Declared"/> or
    /// <see cref="EndpointOutcome.NameTaken"/>.
    /// </returns>
    Task<EndpointResult> ChangeAsync(
        Guid id,
        Func<EndpointDefinition, EndpointDefinition> change,
        DateTimeOffset now,
        Func<WebhookEndpoint, WebhookEndpoint, AuditEntry>? audit = null);

    /// <summary>Changes the secrets of an endpoint; its definition stays what it is.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">Makes the new secrets of those that are stored, or refuses.</param>
    /// <param name="audit">The entry for the audit.</param>
    /// <returns>The endpoint, <see cref="EndpointOutcome.NotFound"/>, or what <paramref name="change"/> decided.</returns>
    Task<EndpointResult> ChangeSecretsAsync(
        Guid id, Func<WebhookEndpoint, SecretsChange> change, AuditEntry? audit = null);

    /// <summary>Removes an endpoint. Its pending deliveries are discarded; what was delivered stays visible.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">Describes the removed endpoint for the audit.</param>
    /// <returns>
    /// The endpoint as it was, or <see cref="EndpointOutcome.NotFound"/> or <see cref="EndpointOutcome.Declared"/>.
    /// </returns>
    Task<EndpointResult> DeleteAsync(Guid id, DateTimeOffset now, Func<WebhookEndpoint, AuditEntry>? audit = null);

    /// <summary>Pauses, disables or enables an endpoint.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="state">The state it is to have.</param>
    /// <param name="reason">Why it is disabled.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">The entry for the audit.</param>
    /// <returns>
    /// The endpoint as it is now; <see cref="EndpointOutcome.Unchanged"/> if it was in that state already, or
    /// <see cref="EndpointOutcome.NotFound"/>.
    /// </returns>
    /// <remarks>Once an endpoint is enabled, everything that waits at it is due, the oldest first.</remarks>
    Task<EndpointResult> SetStateAsync(
        Guid id, EndpointState state, string? reason, DateTimeOffset now, AuditEntry? audit = null);

    /// <summary>Makes everything that waits at an enabled endpoint due now, the oldest first.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="audit">The entry for the audit.</param>
    /// <returns>
    /// The endpoint, <see cref="EndpointOutcome.NotFound"/>, or <see cref="EndpointOutcome.NotEnabled"/>.
    /// </returns>
    Task<EndpointResult> RetryAsync(Guid id, DateTimeOffset now, AuditEntry? audit = null);
}
