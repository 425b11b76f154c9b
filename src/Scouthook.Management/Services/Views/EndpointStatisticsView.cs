namespace Scouthook.Management.Services.Views;

/// <summary>The activity of one endpoint in a window of time.</summary>
/// <param name="Since">The beginning of the window, at a whole bucket.</param>
/// <param name="Until">Its end.</param>
/// <param name="StepSeconds">The length of a bucket of the series.</param>
/// <param name="Totals">Its sums and backlog; <see langword="null"/> if the endpoint does not exist.</param>
/// <param name="Series">Its attempts over time: the buckets that have any, oldest first.</param>
internal sealed record EndpointStatisticsView(
    DateTimeOffset Since,
    DateTimeOffset Until,
    long StepSeconds,
    StatisticsView.EndpointTotals? Totals,
    IReadOnlyList<StatisticsView.Moment> Series);
