namespace Scouthook.Inbox.Model;

/// <summary>The outcome of a change to an endpoint, and the endpoint after that change.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Endpoint">
/// The endpoint within the same transaction; <see langword="null"/> if there is none to show.
/// </param>
internal readonly record struct EndpointResult(EndpointOutcome Outcome, WebhookEndpoint? Endpoint = null);
