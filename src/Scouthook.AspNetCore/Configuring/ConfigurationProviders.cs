using Microsoft.Extensions.Configuration;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Finds the sources behind a configuration.</summary>
internal static class ConfigurationProviders
{
    /// <summary>All sources, the last one being the one that wins; those of configurations inside it included.</summary>
    public static IEnumerable<IConfigurationProvider> Providers(this IConfiguration configuration) =>
        configuration is IConfigurationRoot root
            ? root.Providers.SelectMany(provider =>
                provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner }
                    ? inner.Providers()
                    : [provider])
            : [new ChainedConfigurationProvider(new ChainedConfigurationSource { Configuration = configuration })];
}
