using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace Scouthook.Settings;

/// <summary>
/// A copy of a section of the configuration from every source at one moment, in ascending order of precedence.
/// </summary>
internal sealed record ConfigurationCopy(
    string Section, ImmutableArray<KeyValuePair<IConfigurationProvider, SourceNode>> Sources)
{
    private const int MostTries = 10;

    /// <summary>
    /// Copies until two consecutive copies are equal: a source may be replacing its values at this moment.
    /// </summary>
    public static ConfigurationCopy Of(IConfigurationSources sources, IConfiguration configuration, string section)
    {
        var copy = Take(sources, configuration, section);
        for (var tries = 1; tries < MostTries; tries++)
        {
            var next = Take(sources, configuration, section);
            if (next.SaysTheSameAs(copy))
            {
                return next;
            }

            copy = next;
        }

        return copy;
    }

    /// <summary>
    /// Returns the values of a source at the time of the copy; <see langword="null"/> if it did not exist.
    /// </summary>
    public SourceNode? Find(IConfigurationProvider provider) =>
        Sources.FirstOrDefault(source => ReferenceEquals(source.Key, provider)).Value;

    /// <summary>Copies the top level only: which sources have any values.</summary>
    public static ConfigurationCopy Glance(IConfigurationSources sources, IConfiguration configuration, string section) =>
        Take(sources, configuration, section, depth: 1);

    private static ConfigurationCopy Take(
        IConfigurationSources sources, IConfiguration configuration, string section, int depth = int.MaxValue) => new(
        section,
        [
            .. sources.Of(configuration).Select(
                provider => KeyValuePair.Create(provider, SourceNode.Copy(provider, section, depth))),
        ]);

    public bool SaysTheSameAs(ConfigurationCopy other) =>
        Sources.Length == other.Sources.Length
        && Sources.Zip(other.Sources).All(pair => pair.First.Value.SaysTheSameAs(pair.Second.Value));
}
