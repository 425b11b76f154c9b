using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The effect of an attempt on its endpoint.</summary>
/// <param name="Endpoint">The endpoint with its new health.</param>
/// <param name="IsUpAgain">True if it was down: everything that waits for it becomes due.</param>
/// <param name="DisableReason">Why it is to be disabled; <see langword="null"/> if it is not.</param>
internal sealed record EndpointHealthChange(WebhookEndpoint Endpoint, bool IsUpAgain, string? DisableReason);
