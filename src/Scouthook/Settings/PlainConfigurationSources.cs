using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Scouthook.Settings;

/// <summary>The sources that the framework's abstractions expose.</summary>
internal sealed class PlainConfigurationSources : IConfigurationSources
{
    public IEnumerable<IConfigurationProvider> Of(IConfiguration configuration) =>
        configuration is IConfigurationRoot root ? root.Providers : [new Whole(configuration)];

    public string? WhyEmpty(IConfigurationProvider provider, string section) => null;

    /// <summary>A configuration that does not expose its sources, as one source.</summary>
    private sealed class Whole(IConfiguration configuration) : IConfigurationProvider
    {
        public bool TryGet(string key, out string? value)
        {
            value = configuration[key];
            return value is not null;
        }

        public void Set(string key, string? value) => configuration[key] = value;

        public IChangeToken GetReloadToken() => configuration.GetReloadToken();

        public void Load()
        {
        }

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            (parentPath is null ? configuration.GetChildren() : configuration.GetSection(parentPath).GetChildren())
                .Select(child => child.Key)
                .Concat(earlierKeys);
    }
}
