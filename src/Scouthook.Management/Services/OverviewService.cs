using Scouthook.AspNetCore.Configuring;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Views;
using Scouthook.Management.Services.Views.Sources;
using Scouthook.Management.Watching;

namespace Scouthook.Management.Services;

/// <summary>Summarises the gateway: counts, the backlog, the sources.</summary>
internal sealed class OverviewService(
    IStatisticsStore statistics, IEventHistory events, LiveSettings settings, LiveSecrets secrets,
    RegistrationStatuses registrations, TimeProvider timeProvider)
{
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);
    public static readonly TimeSpan MaxWindow = TimeSpan.FromDays(366);

    // Counting the backlog takes longer the larger it is, and every open overview requests it.
    private readonly SharedResult<IReadOnlyList<StatisticsSnapshot.Waiting>> _backlog = new(
        () => statistics.BacklogAsync(CancellationToken.None), TimeSpan.FromSeconds(1), timeProvider);

    /// <summary>Counts the activity in a window of time, and the backlog, which is up to a second old.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="window">The length of the window; <see langword="null"/> for 24 hours. At most 366 days.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<StatisticsView> ReadAsync(Caller caller, TimeSpan? window, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var (since, now) = Bounds(window);
        return await ReadAsync(since, now, cancellationToken);
    }

    /// <summary>Counts the activity in a window of time, as <see cref="ReadAsync(Caller, TimeSpan?, CancellationToken)"/>, and that of one endpoint over time.</summary>
    public async Task<EndpointStatisticsView> ReadEndpointAsync(
        Caller caller, Guid endpointId, TimeSpan? window, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var (since, now) = Bounds(window);
        var all = await ReadAsync(since, now, cancellationToken);
        var series = await statistics.ReadEndpointAsync(endpointId, since, now, cancellationToken);
        return new EndpointStatisticsView(
            all.Since, all.Until, all.StepSeconds, all.Endpoints.FirstOrDefault(totals => totals.Id == endpointId),
            [.. series.Select(StatisticsView.Moment.From)]);
    }

    /// <summary>Lists the configured sources, and those that have stored events though they are no longer configured.</summary>
    public async Task<IReadOnlyList<SourceView>> SourcesAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var received = (await events.SourcesAsync(cancellationToken)).ToDictionary(source => source.Name);
        var configured = settings.Current.Sources;
        var rows = configured.Values
            .Select(source => new SourceView(
                source.Name,
                source.Path,
                Configured: true,
                [.. secrets.Of(source.Name).All.Select(SecretView.From)],
                received.GetValueOrDefault(source.Name)?.LastReceivedAt,
                received.GetValueOrDefault(source.Name)?.LastSequence,
                registrations.Of(source.Name) is { } status ? RegistrationView.From(status) : null))
            .Concat(received.Values
                .Where(source => !configured.ContainsKey(source.Name))
                .Select(source => new SourceView(
                    source.Name, null, Configured: false, [], source.LastReceivedAt, source.LastSequence)));
        return [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal)];
    }

    private (DateTimeOffset Since, DateTimeOffset Now) Bounds(TimeSpan? window)
    {
        var span = window ?? DefaultWindow;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, nameof(window));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, MaxWindow, nameof(window));
        var now = timeProvider.GetUtcNow();
        return (now - span, now);
    }

    private async Task<StatisticsView> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counted = await statistics.ReadAsync(since, now, cancellationToken);
        return StatisticsView.From(counted with { Backlog = await _backlog.GetAsync(cancellationToken) });
    }
}
