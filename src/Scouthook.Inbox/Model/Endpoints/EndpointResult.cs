namespace Scouthook.Inbox.Model;

/// <summary>The outcome of a change to an endpoint, and the endpoint as that change left it.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Endpoint">The endpoint within the same transaction; <see langword="null"/> if there is none to show.</param>
internal readonly record struct EndpointResult(EndpointOutcome Outcome, WebhookEndpoint? Endpoint = null);
