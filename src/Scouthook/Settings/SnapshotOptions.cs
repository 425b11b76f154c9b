using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Scouthook.Settings;

/// <summary>Provides the current options through the interfaces of the framework.</summary>
/// <remarks>
/// The framework's own monitor throws in every request after an invalid reload, and would return options that are not
/// in effect. Named options are created by the framework.
/// </remarks>
internal sealed class SnapshotOptions<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    SettingsMonitor monitor, IOptionsFactory<TOptions> named) : IOptionsMonitor<TOptions>, IOptions<TOptions>
    where TOptions : class
{
    public TOptions CurrentValue => monitor.Current.Get<TOptions>();

    public TOptions Value => CurrentValue;

    public TOptions Get(string? name) => string.IsNullOrEmpty(name) ? CurrentValue : named.Create(name);

    public IDisposable? OnChange(Action<TOptions, string?> listener) =>
        monitor.OnChange(() => listener(CurrentValue, Options.DefaultName));
}
