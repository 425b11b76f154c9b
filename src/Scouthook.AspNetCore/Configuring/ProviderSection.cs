using Microsoft.Extensions.Configuration;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>One section as a single configuration source has it, without what the others say.</summary>
/// <remarks>
/// A configuration root made over the one source would do the same, but it loads the source again: that reads files
/// twice, fails on streams, and raises the change that is being handled.
/// </remarks>
internal readonly record struct ProviderSection(IConfigurationProvider Provider, string Path)
{
    public string? Value => Provider.TryGet(Path, out var value) ? value : null;

    public string? this[string member] => new ProviderSection(Provider, ConfigurationPath.Combine(Path, member)).Value;

    public IEnumerable<ProviderSection> Children
    {
        get
        {
            var section = this;
            return Provider.GetChildKeys([], Path)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(key => section with { Path = ConfigurationPath.Combine(section.Path, key) });
        }
    }
}
