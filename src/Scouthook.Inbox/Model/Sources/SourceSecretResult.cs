namespace Scouthook.Inbox.Model;

/// <summary>The outcome of a change to the secrets of a source, and the secret after that change.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Secret">The secret; <see langword="null"/> if there is none to show.</param>
internal readonly record struct SourceSecretResult(SourceSecretOutcome Outcome, SourceSecretState? Secret = null);
