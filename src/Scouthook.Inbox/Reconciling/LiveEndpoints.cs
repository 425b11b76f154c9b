using Scouthook.Inbox.Storage;
using Scouthook.Settings;

namespace Scouthook.Inbox.Reconciling;

/// <summary>The endpoints currently declared by configuration and code.</summary>
internal sealed class LiveEndpoints : Settings<IReadOnlyList<ConfiguredEndpoint>>, IDisposable
{
    private readonly IDisposable _changes;

    public LiveEndpoints(SettingsMonitor monitor)
        : base(monitor) => _changes = monitor.OnChange(Changed.Set);

    /// <summary>Set whenever they may have changed.</summary>
    public AsyncAutoResetEvent Changed { get; } = new();

    public void Dispose() => _changes.Dispose();
}
