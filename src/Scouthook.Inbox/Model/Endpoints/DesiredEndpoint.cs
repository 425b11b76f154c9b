namespace Scouthook.Inbox.Model;

/// <summary>An endpoint as configuration or code declares it.</summary>
/// <param name="Definition">What it is to be.</param>
/// <param name="Start">From where on it gets events, should it be new.</param>
internal sealed record DesiredEndpoint(EndpointDefinition Definition, StartPosition Start)
{
    /// <summary>
    /// Decides about the secrets inside the transaction that declares, from the endpoint as it is, or from
    /// <see langword="null"/> if it is new. A new endpoint whose secrets cannot be encrypted now
    /// (<see cref="EndpointOutcome.SecretsUnreadable"/>) is left for a later declaration.
    /// </summary>
    /// <remarks>It may be called twice, if the transaction is rolled back and runs again.</remarks>
    public Func<WebhookEndpoint?, SecretsChange>? Secrets { get; init; }

    /// <summary>Whether the declaration sets the secret, so that it cannot be rotated anywhere else.</summary>
    public bool IsSecretDeclared { get; init; }
}
