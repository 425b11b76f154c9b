using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Views.Sources;

namespace Scouthook.Management.Services;

/// <summary>The result of changing the secrets of a source.</summary>
/// <param name="Outcome">The outcome, if the request was valid.</param>
/// <param name="Secret">The secret after the change, or the one that the outcome is about.</param>
/// <param name="Invalid">The invalid member, if any.</param>
internal sealed record SourceSecretChange(
    SourceSecretOutcome Outcome, SecretView? Secret = null, InvalidMember? Invalid = null);
