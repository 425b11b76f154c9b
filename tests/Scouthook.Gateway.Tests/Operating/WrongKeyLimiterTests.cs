using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Management.Authentication;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Counts wrong keys by address.</summary>
public sealed class WrongKeyLimiterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Lines _lines = new();
    private readonly WrongKeyLimiter _wrongKeys;

    public WrongKeyLimiterTests() => _wrongKeys = new WrongKeyLimiter(_time, new Meters(), _lines);

    public void Dispose() => _wrongKeys.Dispose();

    [Fact]
    public void Ten_wrong_keys_within_a_sliding_minute_are_allowed()
    {
        var address = IPAddress.Parse("192.0.2.1");
        for (var number = 0; number < WrongKeyLimiter.MaxPerWindow; number++)
        {
            Assert.Null(_wrongKeys.Add(address, "unknown"));
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(TimeSpan.FromSeconds(15), _wrongKeys.Add(address, "unknown"));
        _time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.NotNull(_wrongKeys.Add(address, "unknown"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_wrongKeys.Add(address, "unknown"));
    }

    [Fact]
    public void Counts_are_logged_in_one_line_per_minute_and_address()
    {
        for (var number = 0; number < 500; number++)
        {
            _wrongKeys.Add(IPAddress.Parse("192.0.2.1"), "unknown");
            _wrongKeys.Add(IPAddress.Parse("::ffff:192.0.2.1"), "expired");
            _wrongKeys.Add(IPAddress.Parse($"2001:db8::{number:x}"), "unknown");
        }

        _time.Advance(WrongKeyLimiter.Window);
        _time.Advance(WrongKeyLimiter.Window);

        Assert.Equal(
            ["1000 requests from 192.0.2.1 had a wrong API key within a minute", "500 requests from 2001:db8::/64 had a wrong API key within a minute"],
            _lines.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Any_number_of_addresses_uses_bounded_memory_and_log_lines()
    {
        for (var number = 0; number < 30_000; number++)
        {
            _wrongKeys.Add(new IPAddress(number + 1), "unknown");
        }

        // Addresses without their own slot share one, which is far over its limit; an address with a slot is not.
        Assert.NotNull(_wrongKeys.Add(new IPAddress(40_000), "unknown"));
        Assert.Null(_wrongKeys.Add(new IPAddress(1), "unknown"));
        _time.Advance(WrongKeyLimiter.Window);
        Assert.True(_lines.All.Count <= 21, $"{_lines.All.Count} lines");

        _time.Advance(WrongKeyLimiter.Window);
        Assert.Null(_wrongKeys.Add(new IPAddress(50_000), "unknown"));
    }

    /// <remarks>The exception of the logger once ended the process: one wrong key was enough.</remarks>
    [Fact]
    public void Failing_log_stops_nothing()
    {
        _lines.Fails = true;
        _wrongKeys.Add(IPAddress.Parse("192.0.2.1"), "unknown");
        _time.Advance(WrongKeyLimiter.Window);

        _lines.Fails = false;
        _wrongKeys.Add(IPAddress.Parse("192.0.2.1"), "unknown");
        _time.Advance(WrongKeyLimiter.Window);

        Assert.Equal("1 requests from 192.0.2.1 had a wrong API key within a minute", Assert.Single(_lines.All));
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }

    private sealed class Lines : ILogger<WrongKeyLimiter>
    {
        public List<string> All { get; } = [];

        public bool Fails { get; set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(Fails ? throw new InvalidOperationException("The log is not available.") : formatter(state, exception));
    }
}
