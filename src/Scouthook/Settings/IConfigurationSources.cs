using Microsoft.Extensions.Configuration;

namespace Scouthook.Settings;

/// <summary>Finds the sources of a configuration, and their problems.</summary>
internal interface IConfigurationSources
{
    /// <summary>Returns all sources, in ascending order of precedence.</summary>
    IEnumerable<IConfigurationProvider> Of(IConfiguration configuration);

    /// <summary>Returns why a source that had settings no longer has any.</summary>
    /// <returns><see langword="null"/> if that is intended.</returns>
    string? WhyEmpty(IConfigurationProvider provider, string section);
}
