namespace Scouthook.Settings;

/// <summary>The sources that have no configured secret, so that they work only with a stored one.</summary>
/// <param name="Mistakes">What to report for each source, by its name, if no secret of it is stored.</param>
internal sealed record SourcesWithoutSecrets(IReadOnlyDictionary<string, string> Mistakes);
