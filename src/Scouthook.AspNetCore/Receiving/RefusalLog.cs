using Microsoft.Extensions.Logging;
using Scouthook.Handling;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>
/// Logs the requests that did not get a 200: one line per source and minute, with a count by reason.
/// </summary>
/// <remarks>
/// Unknown clients control how many of these there are, so they must fill neither the disk nor the queue of a logger.
/// Errors that only the operator can cause have separate lines, which such clients cannot hide.
/// </remarks>
internal sealed class RefusalLog : IDisposable
{
    private readonly ILogger _logger;
    private readonly LogThrottle _refused;
    private readonly LogThrottle _noLiveSecret;
    private readonly LogThrottle _bodyConsumed;
    private readonly LogThrottle _unavailable;
    private readonly LogThrottle _failed;
    private readonly LogThrottle _aborted;

    public RefusalLog(ILogger<ReceivingEndpoint> logger, TimeProvider timeProvider)
    {
        _logger = logger;
        _refused = new LogThrottle(timeProvider, WriteRefused);
        _noLiveSecret = new LogThrottle(timeProvider, (source, all) => ReceiveLog.NoLiveSecret(logger, source, all.Total));
        _bodyConsumed = new LogThrottle(timeProvider, (source, all) => ReceiveLog.BodyConsumed(logger, source, all.Total));
        _unavailable = new LogThrottle(timeProvider, (source, all) => ReceiveLog.Unavailable(logger, source, all.Total));
        _failed = new LogThrottle(
            timeProvider, (source, all) => ReceiveLog.Failed(logger, source, all.Total, (Exception?)all.Detail));
        _aborted = new LogThrottle(timeProvider, (source, all) => ReceiveLog.Aborted(logger, source, all.Total));
    }

    /// <summary>Counts a request that was rejected because of its content.</summary>
    /// <param name="source">The source that received it.</param>
    /// <param name="result">One of <see cref="ReceiveResult"/>.</param>
    public void Refused(string source, string result)
    {
        var throttle = result switch
        {
            ReceiveResult.NoLiveSecret => _noLiveSecret,
            ReceiveResult.BodyConsumed => _bodyConsumed,
            _ => _refused,
        };
        throttle.Note(source, result);
    }

    public void Unavailable(string source) => _unavailable.Note(source, ReceiveResult.Unavailable);

    public void Failed(string source, Exception exception) => _failed.Note(source, ReceiveResult.Error, exception);

    public void Aborted(string source)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            _aborted.Note(source, ReceiveResult.Aborted);
        }
    }

    public void Dispose()
    {
        _refused.Dispose();
        _noLiveSecret.Dispose();
        _bodyConsumed.Dispose();
        _unavailable.Dispose();
        _failed.Dispose();
        _aborted.Dispose();
    }

    private void WriteRefused(string source, LogSummary all)
    {
        if (all.Counts.Count == 1 && all.Counts.ContainsKey(ReceiveResult.BodyTooLarge))
        {
            ReceiveLog.BodyTooLarge(_logger, source, all.Total);
        }
        else
        {
            ReceiveLog.Refused(_logger, source, all.ToString());
        }
    }
}
