using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The secrets of one source at one moment, configured and stored.</summary>
/// <param name="All">All of them, the current one first, expired ones included.</param>
/// <param name="Verifying">The same, ready to verify requests; <see langword="null"/> if there is none.</param>
internal sealed record SourceSecretSet(IReadOnlyList<SourceSecret> All, SigningSecrets? Verifying)
{
    public static SourceSecretSet Empty { get; } = new([], null);

    public bool AnyLive => Verifying is { AnyLive: true };
}
