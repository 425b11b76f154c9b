using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Scouthook.Gateway.Configuration;
using Scouthook.Gateway.Connections;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Settings;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Raises operational events for problems that need an operator and that no single request shows.</summary>
/// <remarks>Each problem is raised once while it lasts, and again after a restart: rather twice than never.</remarks>
internal sealed class OperationalMonitor(
    IInbox inbox,
    IEventHistory history,
    ILeadership leadership,
    SignatureFailures failures,
    ConnectionRefusals refusals,
    Settings<GatewaySettings> settings,
    string dataDirectory,
    StoreClock clock,
    TimeProvider timeProvider,
    ILogger<OperationalMonitor> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), timeProvider, logger)
{
    /// <summary>This many rejected signatures within one period are more than stray requests.</summary>
    private const int ManyFailures = 10;

    private const long MiB = 1024 * 1024;

    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly HashSet<string> _raised = new(StringComparer.Ordinal);

    /// <summary>
    /// When each source was last seen to have received something, by the age clock: timestamps may be wrong.
    /// </summary>
    private readonly Dictionary<string, (DateTimeOffset Stamp, DateTimeOffset SeenAt)> _lastSeen = new(StringComparer.Ordinal);

    protected override bool WaitsFirst => true;

    /// <summary>Runs one check; an unavailable store is checked again the next time.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckDiskAsync();
            await CheckSignaturesAsync();
            await CheckConnectionsAsync();
            if (leadership.IsLeader)
            {
                await CheckSourcesAsync(cancellationToken);
            }
        }
        catch (InboxUnavailableException)
        {
            // Receiving logs the reason; on a full disk nothing can be stored, including this event.
        }
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        await CheckAsync(stoppingToken);
        return false;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.OperationalMonitorPostponed(logger, exception);

    private async Task CheckDiskAsync()
    {
        long free;
        try
        {
            free = DiskSpace.FreeBytes(dataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return;
        }

        await RaiseWhileAsync(
            free < settings.Current.MinFreeDiskBytes,
            OperationalEvent.DiskLow,
            "",
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"{free / MiB} MiB are free on the disk of the data directory. Below {settings.Current.MinFreeDiskBytes / MiB} MiB the gateway is not ready."),
            new JsonObject { ["freeBytes"] = free, ["minFreeBytes"] = settings.Current.MinFreeDiskBytes });
    }

    private async Task CheckSignaturesAsync()
    {
        var counts = failures.Take();
        foreach (var source in counts.Keys.Concat(_raised.Select(SourceOfFailures).OfType<string>()).Distinct().ToList())
        {
            var count = counts.GetValueOrDefault(source);
            await RaiseWhileAsync(
                count >= ManyFailures,
                OperationalEvent.SignatureFailures,
                source,
                () => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} requests for source {source} were rejected within a minute. If Help Scout sent them, the secrets differ."),
                new JsonObject { ["source"] = source, ["count"] = count });
        }
    }

    private async Task CheckConnectionsAsync()
    {
        var count = refusals.Take();
        await RaiseWhileAsync(
            count > 0,
            OperationalEvent.ConnectionsRefused,
            "",
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"{count} {(count == 1 ? "connection was" : "connections were")} closed within a minute because there were too many. Check who opens them; if it is a proxy, add it to Scouthook:Gateway:TrustedProxies."),
            new JsonObject { ["count"] = count });
    }

    private async Task CheckSourcesAsync(CancellationToken cancellationToken)
    {
        var now = clock.Age ?? _timeProvider.GetUtcNow();
        foreach (var source in await history.SourcesAsync(cancellationToken))
        {
            if (source is { LastReceivedAt: { } last } && source.Name != OperationalEvent.Source)
            {
                await RaiseWhileAsync(
                    now - HeardAt(source.Name, last, now) > settings.Current.SilentAfter,
                    OperationalEvent.SourceSilent,
                    source.Name,
                    () => $"Source {source.Name} has received nothing since {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Check that its webhook is still active in Help Scout.",
                    new JsonObject { ["source"] = source.Name, ["lastReceivedAt"] = last.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) });
            }
        }
    }

    /// <summary>
    /// Returns when a source last received something; a timestamp from the future counts from when it was first seen.
    /// </summary>
    private DateTimeOffset HeardAt(string source, DateTimeOffset stamp, DateTimeOffset now)
    {
        if (!_lastSeen.TryGetValue(source, out var seen) || seen.Stamp != stamp)
        {
            seen = (stamp, now);
            _lastSeen[source] = seen;
        }

        return stamp < seen.SeenAt ? stamp : seen.SeenAt;
    }

    private async Task RaiseWhileAsync(bool condition, string name, string subject, Func<string> title, JsonObject facts)
    {
        var key = $"{name} {subject}";
        if (!condition)
        {
            _raised.Remove(key);
        }
        else if (!_raised.Contains(key))
        {
            await inbox.AppendAsync([OperationalEvent.Create(name, title(), facts, _timeProvider.GetUtcNow()) with { AgedAt = clock.Age }]);
            _raised.Add(key);
        }
    }

    private static string? SourceOfFailures(string key) =>
        key.StartsWith(OperationalEvent.SignatureFailures, StringComparison.Ordinal)
            ? key[(OperationalEvent.SignatureFailures.Length + 1)..]
            : null;
}
