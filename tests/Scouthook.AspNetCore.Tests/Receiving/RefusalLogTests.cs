using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Unknown clients control how often they are rejected, but not how much is logged.</summary>
public sealed class RefusalLogTests
{
    [Fact]
    public async Task Rejections_are_one_log_line_per_source_and_minute_with_a_count_by_reason()
    {
        var time = new FakeTimeProvider();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = time;
            setup.With("Scouthook:Receiver:MaxBodyBytes", "5000");
        });

        await app.SendAsync(Some.Request(secret: "wrong"));
        await Eventually.TrueAsync(() => app.Logs.Has(1001), "the first rejection is logged at once");
        for (var number = 0; number < 20; number++)
        {
            await app.SendAsync(Some.Request(secret: "wrong"));
            await app.SendAsync(new RawRequest { Body = Some.Body });
        }

        await app.SendAsync(Some.Request(new byte[5_001]));
        Assert.Equal(1, app.Logs.Count(1001));
        time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => app.Logs.Count(1001) == 2, "the summary of the minute is logged");

        Assert.Contains(
            "20 signature_mismatch, 20 signature_missing, 1 body_too_large",
            app.Logs.Entries.Last(entry => entry.Id == 1001).Text,
            StringComparison.Ordinal);
        Assert.False(app.Logs.Has(1003));
        time.Advance(TimeSpan.FromMinutes(1));
        await app.SendAsync(Some.Request(secret: "wrong"));
        await Eventually.TrueAsync(() => app.Logs.Count(1001) == 3, "after a quiet minute the next rejection is logged at once");
    }

    [Fact]
    public async Task Blocked_log_delays_no_response()
    {
        using var release = new ManualResetEventSlim();
        await using var app = await TestApp.StartAsync(setup =>
            setup.Builder = builder => builder.Logging.AddProvider(new BlockingLog(release)));

        for (var number = 0; number < 100; number++)
        {
            Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "wrong")));
            Assert.Equal(413, await app.StatusAsync(Some.Request(new byte[11 * 1024 * 1024])));
            Assert.Equal(200, await app.StatusAsync(Some.Request()));
        }

        release.Set();
    }

    /// <remarks>It once ended the process: an unsigned request was enough.</remarks>
    [Fact]
    public async Task Failing_log_stops_nothing()
    {
        var time = new FakeTimeProvider();
        var log = new FailingLog(1001);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = time;
            setup.Builder = builder => builder.Logging.AddProvider(log);
        });

        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "wrong")));
        await Eventually.TrueAsync(() => log.Failures == 1, "the first rejection is logged");
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "wrong")));
        time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => log.Failures == 2, "the next minute is logged nevertheless");

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
    }

    /// <summary>A logger that blocks like an unread console, for the receiver's category only.</summary>
    private sealed class BlockingLog(ManualResetEventSlim release) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                release.Wait(TimeSpan.FromMinutes(2));
            }
        }

        public void Dispose()
        {
        }
    }
}
