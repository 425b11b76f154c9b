using System.Collections.Immutable;
using Scouthook.Settings;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The current settings of receiving, which must be read again for every request.</summary>
internal sealed class LiveSettings(SettingsMonitor monitor) : Settings<ReceiverSettings>(monitor), ISourceRules
{
    private readonly SettingsMonitor _monitor = monitor;

    /// <summary>The errors in the current configuration, if it was rejected.</summary>
    public ImmutableArray<string> Mistakes => _monitor.Mistakes;

    public bool Deduplicates(string source) =>
        !Current.Sources.TryGetValue(source, out var rules) || rules.Deduplicate;

    /// <summary>Registers a listener that is called after each change of any setting.</summary>
    public IDisposable OnChange(Action listener) => _monitor.OnChange(listener);
}
