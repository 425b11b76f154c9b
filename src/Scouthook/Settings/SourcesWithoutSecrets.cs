namespace Scouthook.Settings;

/// <summary>The sources that have no configured secret, so that they work only with a stored one.</summary>
/// <param name="Mistakes">The error for each source, by its name, if it has no stored secret either.</param>
internal sealed record SourcesWithoutSecrets(IReadOnlyDictionary<string, string> Mistakes);
