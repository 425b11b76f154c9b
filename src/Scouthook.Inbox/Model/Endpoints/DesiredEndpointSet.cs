namespace Scouthook.Inbox.Model;

/// <summary>All endpoints that one origin declares.</summary>
/// <param name="Origin">The declaring origin.</param>
/// <param name="Fingerprint">Identifies the content; secrets are not part of it.</param>
/// <param name="Endpoints">The declared endpoints.</param>
/// <param name="GoneReason">
/// Why those no longer declared are disabled; declared again, they return to their earlier state.
/// </param>
internal sealed record DesiredEndpointSet(
    EndpointOrigin Origin, string Fingerprint, IReadOnlyList<DesiredEndpoint> Endpoints, string GoneReason);
