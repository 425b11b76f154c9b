using System.Collections.Concurrent;
using Scouthook.AspNetCore.Receiving;

namespace Scouthook.Management.Watching;

/// <summary>Remembers when requests of each source were rejected that Help Scout may have sent.</summary>
internal sealed class OwnRefusals(TimeProvider timeProvider) : IReceiveObserver
{
    /// <summary>Help Scout tries an event ten times, so fewer rejections cannot have made it discard even one.</summary>
    public const int Many = 10;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Recent> _recent = new(StringComparer.OrdinalIgnoreCase);

    public void Ended(string source, string result)
    {
        if (MayBeGenuine(result))
        {
            _recent.GetOrAdd(source, _ => new Recent()).Add(timeProvider.GetTimestamp());
        }
    }

    /// <summary>Returns whether so many were rejected within the last hour that they may be why a webhook was disabled.</summary>
    public bool AreMany(string source) =>
        _recent.TryGetValue(source, out var recent) && recent.Oldest is { } oldest && timeProvider.GetElapsedTime(oldest) < Window;

    /// <summary>Help Scout signs every request, so one without a well-formed signature is from someone else.</summary>
    private static bool MayBeGenuine(string result) => result is not (
        ReceiveResult.Kept or ReceiveResult.SignatureMissing or ReceiveResult.SignatureMalformed or ReceiveResult.SignatureAmbiguous
        or ReceiveResult.MethodNotAllowed or ReceiveResult.BadRequest or ReceiveResult.Aborted);

    /// <summary>The timestamps of the last ten.</summary>
    private sealed class Recent
    {
        private readonly Lock _lock = new();
        private readonly long[] _timestamps = new long[Many];
        private long _count;

        /// <summary>The oldest of ten; <see langword="null"/> if there were fewer.</summary>
        public long? Oldest
        {
            get
            {
                lock (_lock)
                {
                    return _count < Many ? null : _timestamps[_count % Many];
                }
            }
        }

        public void Add(long timestamp)
        {
            lock (_lock)
            {
                _timestamps[_count++ % Many] = timestamp;
            }
        }
    }
}
