using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;

namespace Scouthook.Management.Authentication;

/// <summary>
/// Counts wrong API keys by address, logs them once a minute, and limits addresses that send too many.
/// </summary>
/// <remarks>
/// Valid keys are never checked here, so sharing an address with an attacker locks no caller out. The table is bounded:
/// further addresses are counted together until others are quiet.
/// </remarks>
internal sealed class WrongKeyLimiter : IDisposable
{
    /// <summary>How many wrong keys an address may send within <see cref="Window"/>.</summary>
    public const int MaxPerWindow = 10;

    /// <summary>The maximum number of addresses counted separately.</summary>
    public const int MaxAddresses = 10_000;

    private const int MaxReported = 20;
    private const int NetworkBytes = 8;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Sender> _senders = [];
    private readonly Sender _others = new();
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<WrongKeyLimiter> _logger;
    private readonly Counter<long> _counter;
    private readonly ITimer _timer;

    public WrongKeyLimiter(TimeProvider timeProvider, IMeterFactory meters, ILogger<WrongKeyLimiter> logger)
    {
        _timeProvider = timeProvider;
        _logger = logger;
        _counter = meters.Create(ScouthookTelemetry.MeterName).CreateCounter<long>(
            "scouthook.management.wrong_keys", "{request}", "Requests to the management API with a wrong key.");
        _timer = LogGuard.StartTimer(timeProvider, Report, Window);
    }

    /// <summary>Counts a wrong key.</summary>
    /// <param name="address">The address it came from.</param>
    /// <param name="outcome">The reason: <c>unknown</c>, <c>expired</c> or <c>revoked</c>.</param>
    /// <returns>How long the address should wait; <see langword="null"/> if it has not sent too many.</returns>
    public TimeSpan? Add(IPAddress? address, string outcome)
    {
        _counter.Add(1, new KeyValuePair<string, object?>("scouthook.outcome", outcome));
        lock (_lock)
        {
            var network = NetworkOf(address);
            if (!_senders.TryGetValue(network, out var sender))
            {
                sender = _others;
                if (_senders.Count < MaxAddresses)
                {
                    sender = new Sender();
                    _senders.Add(network, sender);
                }
            }

            return sender.Add(_timeProvider);
        }
    }

    /// <summary>Logs the counts since the last time, and removes addresses that have been quiet.</summary>
    public void Report()
    {
        List<(IPAddress Address, long Count)> reports;
        long others;
        lock (_lock)
        {
            reports = [.. _senders.Select(sender => (sender.Key, sender.Value.TakeCount())).Where(report => report.Item2 > 0)];
            others = _others.TakeCount();
            foreach (var quiet in _senders.Where(sender => sender.Value.IsQuiet(_timeProvider)).Select(sender => sender.Key).ToList())
            {
                _senders.Remove(quiet);
            }
        }

        reports.Sort((left, right) => right.Count.CompareTo(left.Count));
        foreach (var (address, count) in reports.Take(MaxReported))
        {
            ManagementLog.WrongKeys(_logger, count, address.AddressFamily is AddressFamily.InterNetworkV6 ? $"{address}/64" : address.ToString());
        }

        if (reports.Count > MaxReported || others > 0)
        {
            ManagementLog.WrongKeysOfOthers(
                _logger, others + reports.Skip(MaxReported).Sum(report => report.Count), Math.Max(0, reports.Count - MaxReported) + (others > 0 ? 1 : 0));
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Returns an IPv4 address, or the /64 of an IPv6 host.</summary>
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The times at which an address sent its last wrong keys, up to the limit of the window.</summary>
    private sealed class Sender
    {
        private readonly long[] _last = new long[MaxPerWindow];
        private long _total;
        private long _reported;

        public TimeSpan? Add(TimeProvider timeProvider)
        {
            var now = timeProvider.GetTimestamp();
            var oldest = _last[_total % MaxPerWindow];
            var isTooMany = _total >= MaxPerWindow && timeProvider.GetElapsedTime(oldest, now) < Window;
            _last[_total % MaxPerWindow] = now;
            _total++;

            // The next one is the eleventh within a minute until the oldest remaining one leaves the window.
            return isTooMany ? Window - timeProvider.GetElapsedTime(_last[_total % MaxPerWindow], now) : null;
        }

        public long TakeCount()
        {
            var count = _total - _reported;
            _reported = _total;
            return count;
        }

        public bool IsQuiet(TimeProvider timeProvider) =>
            timeProvider.GetElapsedTime(_last[(_total + MaxPerWindow - 1) % MaxPerWindow]) >= Window;
    }
}
