using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Registrations;
using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Configuring;
using Scouthook.Registrations.Model;
using Scouthook.Settings;

namespace Scouthook.Management.Watching;

/// <summary>Watches the registrations in Help Scout of the sources that have credentials, and enables disabled ones if allowed.</summary>
internal sealed class RegistrationMonitor(
    SettingsMonitor settings,
    LiveSettings sources,
    LiveSecrets secrets,
    HelpScoutClientFactory clients,
    RegistrationStatuses statuses,
    OwnRefusals refusals,
    RegistrationMetrics metrics,
    IInbox inbox,
    IAccessStore access,
    ILeadership leadership,
    StoreClock clock,
    TimeProvider timeProvider,
    ILogger<RegistrationMonitor> logger)
    : PeriodicService(Tick, timeProvider, logger, leadership: leadership)
{
    private const string EnableAction = "source.webhook.enable";
    private const int AuditPage = 200;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly Dictionary<string, Watched> _watched = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var connections = (settings.Current.Find<HelpScoutSettings>()?.Sources.Values ?? [])
            .Where(connection => connection.Credentials is not null && sources.Current.Sources.ContainsKey(connection.Source))
            .ToList();
        Forget([.. connections.Select(connection => connection.Source)]);
        foreach (var connection in connections)
        {
            if (!_watched.TryGetValue(connection.Source, out var watched))
            {
                _watched.Add(connection.Source, watched = new Watched());
            }

            if (watched.IsDue(connection.PollInterval, _timeProvider))
            {
                watched.CheckedAt = _timeProvider.GetTimestamp();
                await CheckAsync(connection, watched, stoppingToken);
            }
        }

        return false;
    }

    protected override void LogPostponed(Exception exception) => ManagementLog.WatchPostponed(logger, exception);

    private void Forget(List<string> kept)
    {
        statuses.Keep(kept);
        foreach (var gone in _watched.Keys.Except(kept, StringComparer.OrdinalIgnoreCase).ToList())
        {
            _watched.Remove(gone);
        }
    }

    private async Task CheckAsync(HelpScoutConnectionSettings connection, Watched watched, CancellationToken stoppingToken)
    {
        var client = clients.GetClient(connection.Credentials!);
        IReadOnlyList<RegistrationComparison> found;
        try
        {
            var actual = await client.ListAsync(stoppingToken);
            found = connection.Webhooks.Count > 0
                ? RegistrationComparison.Compare(connection.Webhooks, actual)
                : RegistrationComparison.CompareUndeclared(sources.Current.Sources[connection.Source].Path, actual);
        }
        catch (HelpScoutApiException exception)
        {
            if (statuses.Of(connection.Source) is not { State: RegistrationCondition.Unknown })
            {
                ManagementLog.RegistrationsUnreadable(logger, connection.Source, exception.Message);
            }

            statuses.Set(connection.Source, new RegistrationStatus(RegistrationCondition.Unknown, [exception.Message], _timeProvider.GetUtcNow()));
            return;
        }

        var (reports, after) = WatchRules.Compare(connection.Source, watched.Memory, found);
        await RaiseAsync(connection.Source, reports);
        watched.Memory = after;
        var problems = WatchRules.Problems(found).ToList();
        foreach (var disabled in found.Select(one => one.Actual).OfType<WebhookRegistration>().Where(one => !one.IsEnabled))
        {
            if (await EnableAsync(connection, client, disabled, watched, stoppingToken) is { } explanation && !problems.Contains(explanation))
            {
                problems.Add(explanation);
            }
        }

        statuses.Set(
            connection.Source, new RegistrationStatus(WatchRules.ConditionOf(found), problems, _timeProvider.GetUtcNow()));
    }

    private async Task RaiseAsync(string source, IReadOnlyList<RegistrationReport> reports)
    {
        if (reports.Count == 0)
        {
            return;
        }

        var now = _timeProvider.GetUtcNow();
        await inbox.AppendAsync(
        [
            .. reports.Select(report => OperationalEvent.Create(
                report.IsAboutState ? OperationalEvent.WebhookDisabled : OperationalEvent.WebhookChanged,
                report.Message,
                new JsonObject
                {
                    ["source"] = source,
                    ["registrationId"] = report.RegistrationId,
                    ["state"] = report.IsAboutState
                        ? (report.IsGood ? RegistrationState.Enabled : RegistrationState.Disabled)
                        : (report.IsGood ? "ok" : "changed"),
                    ["problems"] = new JsonArray([.. report.Problems.Select(problem => JsonValue.Create(problem))]),
                },
                now) with { AgedAt = clock.Age }),
        ]);
        foreach (var report in reports)
        {
            if (report.IsGood)
            {
                ManagementLog.RegistrationMended(logger, report.Message);
            }
            else
            {
                ManagementLog.RegistrationProblem(logger, report.Message);
            }
        }
    }

    /// <returns>Why the registration was not enabled; <see langword="null"/> if it was.</returns>
    private async Task<string?> EnableAsync(
        HelpScoutConnectionSettings connection,
        HelpScoutClient client,
        WebhookRegistration disabled,
        Watched watched,
        CancellationToken stoppingToken)
    {
        var now = _timeProvider.GetUtcNow();
        var secret = secrets.Of(connection.Source).All.FirstOrDefault(entry => entry.Secret.IsLive(now))?.Secret;
        var target = string.Create(CultureInfo.InvariantCulture, $"source:{connection.Source}:webhook:{disabled.Id}");
        var last = connection.Reenable ? await LastAttemptAsync(target, stoppingToken) : null;
        var decision = ReenableRule.Decide(
            connection.Reenable, secret is not null, refusals.AreMany(connection.Source), last, now);
        if (decision is not ReenableDecision.Enable)
        {
            return ReenableRule.Explain(decision, connection.Source);
        }

        // Recorded before it is tried, so that a failure counts as an attempt, on every node and after a restart.
        await access.RecordAsync(new AuditEntry(now, "the watch", null, EnableAction, target, null));
        try
        {
            await client.UpdateAsync(
                disabled.Id,
                disabled.ToRequest(Encoding.UTF8.GetString(secret!.Key)) with { State = RegistrationState.Enabled },
                stoppingToken);
        }
        catch (HelpScoutApiException exception)
        {
            return $"Enabling it automatically failed: {exception.Message}";
        }

        metrics.Reenabled(connection.Source);
        ManagementLog.RegistrationEnabled(logger, disabled.Id, connection.Source);

        // Checked again at the next tick.
        watched.CheckedAt = null;
        return null;
    }

    /// <summary>Finds the last attempt in the audit log, as far back as the brake reaches.</summary>
    private async Task<DateTimeOffset?> LastAttemptAsync(string target, CancellationToken stoppingToken)
    {
        var oldest = _timeProvider.GetUtcNow() - ReenableRule.Brake;
        for (string? cursor = null; ;)
        {
            var page = await access.ListAuditAsync(cursor, AuditPage, stoppingToken);
            if (page.Items.FirstOrDefault(entry => entry.Action == EnableAction && entry.Target == target) is { } found)
            {
                return found.At;
            }

            cursor = page.Next;
            if (cursor is null || page.Items[^1].At < oldest)
            {
                return null;
            }
        }
    }

    /// <summary>The state of one watched source.</summary>
    private sealed class Watched
    {
        /// <summary>The timestamp of the last check; <see langword="null"/> if one is due.</summary>
        public long? CheckedAt { get; set; }

        public RegistrationMemory Memory { get; set; } = RegistrationMemory.Empty;

        public bool IsDue(TimeSpan interval, TimeProvider timeProvider) =>
            CheckedAt is not { } last || timeProvider.GetElapsedTime(last) >= interval;
    }
}
