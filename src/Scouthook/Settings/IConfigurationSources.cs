using Microsoft.Extensions.Configuration;

namespace Scouthook.Settings;

/// <summary>Finds the sources of a configuration, and what is wrong with them.</summary>
internal interface IConfigurationSources
{
    /// <summary>All sources, the one that wins last.</summary>
    IEnumerable<IConfigurationProvider> Of(IConfiguration configuration);

    /// <summary>Why a source that gave settings gives none any more.</summary>
    /// <returns><see langword="null"/>: because it is meant to.</returns>
    string? WhyEmpty(IConfigurationProvider provider, string section);
}
