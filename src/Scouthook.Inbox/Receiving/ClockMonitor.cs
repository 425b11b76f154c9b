using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Receiving;

/// <summary>Starts the age clock, checks the wall clock periodically, and reports jumps.</summary>
internal sealed class ClockMonitor(
    IInbox inbox, IClockStore store, StoreClock clock, TimeProvider timeProvider, ILogger<ClockMonitor> logger)
    : PeriodicService(TimeSpan.FromSeconds(10), timeProvider, logger)
{
    private readonly TimeProvider _timeProvider = timeProvider;
    private ClockJump? _logged;

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        if (clock.Age is null)
        {
            clock.Start(await store.ReadAsync(stoppingToken));
        }

        while (clock.TakeJump() is { } jump)
        {
            try
            {
                await ReportAsync(jump);
            }
            catch
            {
                clock.PutBack(jump);
                throw;
            }
        }

        return false;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.ClockMonitorPostponed(logger, exception);

    private async Task ReportAsync(ClockJump jump)
    {
        if (_logged != jump)
        {
            _logged = jump;
            if (jump.AtStart)
            {
                InboxLog.ClockBehindStore(logger, jump.Found, jump.Expected);
            }
            else
            {
                InboxLog.ClockJumped(logger, jump.Expected, jump.Found);
            }
        }

        await inbox.AppendAsync(
        [
            OperationalEvent.Create(
                OperationalEvent.ClockJumped,
                Title(jump),
                new JsonObject
                {
                    ["expectedAt"] = Text(jump.Expected),
                    ["foundAt"] = Text(jump.Found),
                    ["seconds"] = Math.Round(jump.Distance.TotalSeconds),
                    ["atStart"] = jump.AtStart,
                },
                _timeProvider.GetUtcNow()) with { AgedAt = clock.Age },
        ]);
    }

    private static string Title(ClockJump jump) => jump.AtStart
        ? $"The system clock says {Text(jump.Found)}, but the store already contains data from {Text(jump.Expected)}. Check the clock."
        : $"The system clock jumped from {Text(jump.Expected)} to {Text(jump.Found)}. Check the clock; nothing is removed early because of it.";

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
