namespace Scouthook.Inbox.Model;

/// <summary>An endpoint as configuration or code declares it.</summary>
/// <param name="Definition">The desired configuration.</param>
/// <param name="Start">The position to start from if the endpoint is new.</param>
internal sealed record DesiredEndpoint(EndpointDefinition Definition, StartPosition Start)
{
    /// <summary>
    /// Decides about the secrets inside the transaction that declares, from the current endpoint, or from
    /// <see langword="null"/> if it is new. A new endpoint whose secrets cannot be encrypted now
    /// (<see cref="EndpointOutcome.SecretsUnreadable"/>) is left for a later declaration.
    /// </summary>
    /// <remarks>It may be called twice, if the transaction is rolled back and runs again.</remarks>
    public Func<WebhookEndpoint?, SecretsChange>? Secrets { get; init; }

    /// <summary>True if the declaration sets the secret, so that it cannot be rotated elsewhere.</summary>
    public bool IsSecretDeclared { get; init; }
}
