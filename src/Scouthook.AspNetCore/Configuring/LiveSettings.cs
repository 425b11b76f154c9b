using System.Collections.Immutable;
using Scouthook.Settings;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The current settings of receiving; to be read again for every request.</summary>
internal sealed class LiveSettings(SettingsMonitor monitor) : Settings<ReceiverSettings>(monitor), ISourceRules
{
    private readonly SettingsMonitor _monitor = monitor;

    /// <summary>The errors in the present configuration, if it is not in effect.</summary>
    public ImmutableArray<string> Mistakes => _monitor.Mistakes;

    public bool Deduplicates(string source) =>
        !Current.Sources.TryGetValue(source, out var rules) || rules.Deduplicate;

    /// <summary>Calls back after each change of any settings.</summary>
    public IDisposable OnChange(Action listener) => _monitor.OnChange(listener);
}
