namespace Scouthook.Signing;

/// <summary>A secret of a source, configured or stored.</summary>
/// <param name="Secret">The secret, with the fingerprint and the expiry in force.</param>
/// <param name="IsStored">Whether it was added at run time.</param>
internal sealed record SourceSecret(SigningSecret Secret, bool IsStored);
