using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Replaying;

/// <summary>Carries out replays in chunks. Their progress is stored, so nothing is lost in a crash.</summary>
internal sealed class Replayer(
    IReplayStore store, StoreSignal signal, TimeProvider timeProvider, ILogger<Replayer> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), timeProvider, logger, signal.Replays)
{
    private readonly TimeProvider _timeProvider = timeProvider;

    protected override Task<bool> RunOnceAsync(CancellationToken stoppingToken) =>
        store.StepAsync(_timeProvider.GetUtcNow());

    protected override void LogPostponed(Exception exception) => InboxLog.ReplayPostponed(logger, exception);
}
