namespace Scouthook.Inbox.Model;

/// <summary>New secrets for an endpoint, or the reason why it keeps those it has.</summary>
/// <param name="Outcome">
/// <see cref="EndpointOutcome.Done"/> with secrets to store; anything else stores nothing.
/// </param>
/// <param name="Secrets">The secrets, encrypted.</param>
internal readonly record struct SecretsChange(EndpointOutcome Outcome, byte[]? Secrets = null)
{
    public static SecretsChange Store(byte[] secrets) => new(EndpointOutcome.Done, secrets);
}
