namespace Scouthook.Settings;

/// <summary>Finds configuration files that had settings and now have none by mistake.</summary>
/// <remarks>
/// The framework treats a missing or invalid file as empty. The values of the sources below would take effect: a secret
/// replaced long ago, defaults that delete events, missing endpoints.
/// </remarks>
internal static class ConfigurationFiles
{
    /// <param name="sources">Provides the sources.</param>
    /// <param name="next">The present configuration.</param>
    /// <param name="inForce">The configuration that the current settings were read from.</param>
    public static IReadOnlyList<string> Problems(
        IConfigurationSources sources, ConfigurationCopy next, ConfigurationCopy? inForce) =>
    [
        .. next.Sources.Select(source => source.Key is IConfigurationFile file ? file.Problem
            : source.Value.IsEmpty && inForce?.Find(source.Key) is { IsEmpty: false }
                ? sources.WhyEmpty(source.Key, next.Section)
                : null).OfType<string>(),
    ];
}
