using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace Scouthook.Settings;

/// <summary>A section of the configuration as every source has it at one moment, the source that wins last.</summary>
internal sealed record ConfigurationCopy(
    string Section, ImmutableArray<KeyValuePair<IConfigurationProvider, SourceNode>> Sources)
{
    private const int MostTries = 10;

    /// <summary>Copies until two copies in a row are equal: a source may be replacing its values at this moment.</summary>
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

    /// <summary>What a source said when this was copied; <see langword="null"/> if it was not there.</summary>
    public SourceNode? Find(IConfigurationProvider provider) =>
        Sources.FirstOrDefault(source => ReferenceEquals(source.Key, provider)).Value;

    /// <summary>Copies the uppermost level only: which sources say anything at all.</summary>
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
