using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;

namespace Scouthook.Management.Authentication;

/// <summary>Counts wrong API keys by address, reports them once a minute, and says when an address has sent too many.</summary>
/// <remarks>
/// A right key is never looked up here, so no address can be locked out by somebody who shares it. The table has a bound:
/// addresses beyond it are counted together until others are quiet.
/// </remarks>
internal sealed class WrongKeyLimiter : IDisposable
{
    /// <summary>How many wrong keys an address may send within <see cref="Window"/>.</summary>
    public const int MaxPerWindow = 10;

    /// <summary>The most addresses that are told apart.</summary>
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
        _timer = timeProvider.CreateTimer(_ => Report(), null, Window, Window);
    }

    /// <summary>Counts a wrong key.</summary>
    /// <param name="address">Where it came from.</param>
    /// <param name="outcome">What is wrong with it: <c>unknown</c>, <c>expired</c> or <c>revoked</c>.</param>
    /// <returns>How long the address should wait; <see langword="null"/>: it has not sent too many.</returns>
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

    /// <summary>Logs what was counted since the last time, and forgets addresses that have been quiet.</summary>
    public void Report()
    {
        List<(IPAddress Address, long Count)> reports;
        long others;
        lock (_lock)
        {
            reports = [.. _senders.Select(it => (it.Key, it.Value.TakeCount())).Where(it => it.Item2 > 0)];
            others = _others.TakeCount();
            foreach (var quiet in _senders.Where(it => it.Value.IsQuiet(_timeProvider)).Select(it => it.Key).ToList())
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
                _logger, others + reports.Skip(MaxReported).Sum(it => it.Count), Math.Max(0, reports.Count - MaxReported) + (others > 0 ? 1 : 0));
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>An IPv4 address, or the /64 that one host of IPv6 has to itself.</summary>
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

    /// <summary>When an address sent its last wrong keys, as many as it may within the window.</summary>
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

            // The next one is the eleventh within a minute until the oldest that is left is out of it.
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
