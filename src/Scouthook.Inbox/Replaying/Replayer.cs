using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Replaying;

/// <summary>Carries out replays in chunks. Their progress is stored, so nothing is lost in a crash.</summary>
internal sealed class Replayer(
    IReplayStore store, IStoreSignal signal, TimeProvider timeProvider, ILogger<Replayer> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), timeProvider, logger, signal.Replays)
{
    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken) =>
        await store.StepAsync() is StepOutcome.MoreToDo;

    protected override void LogPostponed(Exception exception) => InboxLog.ReplayPostponed(logger, exception);
}
