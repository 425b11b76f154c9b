using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The current settings of one source, validated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The path that Help Scout posts to.</param>
/// <param name="Secrets">Its configured secrets, current first. Requests are verified with those of <see cref="LiveSecrets"/>.</param>
/// <param name="Deduplicate">Whether repeats are recognised.</param>
internal sealed record SourceSettings(string Name, string Path, IReadOnlyList<SigningSecret> Secrets, bool Deduplicate);
