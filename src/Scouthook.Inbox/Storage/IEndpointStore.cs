using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Configures where events go.</summary>
internal interface IEndpointStore
{
    /// <summary>All endpoints, in the order of their creation.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Creates an endpoint.</summary>
    /// <returns>The endpoint; <see langword="null"/>: its name is taken.</returns>
    Task<WebhookEndpoint?> CreateAsync(EndpointDefinition definition, StartPosition start, DateTimeOffset now);

    /// <summary>Makes the endpoints of one origin be what is declared: creates, changes, and disables what is gone.</summary>
    /// <param name="origin">Who declares.</param>
    /// <param name="declared">Everything that this origin declares.</param>
    /// <param name="goneReason">Why those not declared any more are disabled; declared again, they are in the state they had.</param>
    /// <param name="now">The current instant.</param>
    /// <returns>The names that are taken by endpoints of another origin; those declarations have no effect.</returns>
    Task<IReadOnlyList<string>> DeclareAsync(
        EndpointOrigin origin, IReadOnlyList<EndpointDeclaration> declared, string goneReason, DateTimeOffset now);

    /// <summary>Gives an endpoint another definition; without secrets it keeps those it has.</summary>
    /// <returns><see langword="false"/>: there is no such endpoint, or the name is taken.</returns>
    Task<bool> ChangeAsync(Guid id, EndpointDefinition definition, DateTimeOffset now);

    /// <summary>Removes an endpoint. What it is still owed is discarded; what was delivered stays to be looked at.</summary>
    /// <returns><see langword="false"/>: there is no such endpoint.</returns>
    Task<bool> DeleteAsync(Guid id, DateTimeOffset now);

    /// <summary>Pauses, disables or enables an endpoint.</summary>
    /// <returns><see langword="false"/>: there is no such endpoint, or it is in that state already.</returns>
    Task<bool> SetStateAsync(Guid id, EndpointState state, string? reason, DateTimeOffset now);

    /// <summary>Makes everything that waits at an endpoint due now, the oldest first.</summary>
    Task MakeDueAsync(long endpoint, DateTimeOffset now);

    /// <summary>Puts other secrets in place.</summary>
    /// <returns><see langword="false"/>: there is no such endpoint.</returns>
    Task<bool> SetSecretsAsync(Guid id, byte[] secrets);
}
