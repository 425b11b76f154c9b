namespace Scouthook.Settings;

/// <summary>Finds configuration files that gave settings and now give none by mistake.</summary>
/// <remarks>
/// To the framework, a file that has vanished or cannot be parsed is an empty one. What lies below it would come to light:
/// a secret that was replaced long ago, defaults that delete events, endpoints that are not there.
/// </remarks>
internal static class ConfigurationFiles
{
    /// <param name="sources">Knows the sources.</param>
    /// <param name="next">The configuration as it is now.</param>
    /// <param name="inForce">The configuration that the settings in force were read from.</param>
    public static IReadOnlyList<string> Problems(
        IConfigurationSources sources, ConfigurationCopy next, ConfigurationCopy? inForce) =>
    [
        .. next.Sources.Select(source => source.Key is IConfigurationFile file ? file.Problem
            : source.Value.IsEmpty && inForce?.Find(source.Key) is { IsEmpty: false }
                ? sources.WhyEmpty(source.Key, next.Section)
                : null).OfType<string>(),
    ];
}
