using Microsoft.Extensions.Configuration;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>A configuration source whose content a test replaces as a whole.</summary>
internal sealed class ChangingSource : ConfigurationProvider, IConfigurationSource
{
    public ChangingSource(params (string Key, string? Value)[] settings) => Fill(settings);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Change(params (string Key, string? Value)[] settings)
    {
        Fill(settings);
        OnReload();
    }

    private void Fill((string Key, string? Value)[] settings) =>
        Data = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
}
