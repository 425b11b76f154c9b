using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Api;

/// <summary>Limits the number of open streams, in total and per key.</summary>
internal sealed class StreamLimiter(Func<ScouthookManagementOptions> settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _byKey = [];
    private int _open;

    /// <param name="caller">The follower.</param>
    /// <param name="full">The limit that is reached.</param>
    /// <returns>The slot, to be released by disposing it; <see langword="null"/> if there is none.</returns>
    public IDisposable? TryTake(Caller caller, [NotNullWhen(false)] out string? full)
    {
        var limits = settings();
        var key = caller.KeyId ?? Guid.Empty;
        lock (_lock)
        {
            var ofKey = _byKey.GetValueOrDefault(key);
            full = _open >= limits.MaxStreams
                ? Text(limits.MaxStreams, "", "MaxStreams")
                : ofKey >= limits.MaxStreamsPerKey
                    ? Text(limits.MaxStreamsPerKey, " of this key", "MaxStreamsPerKey")
                    : null;
            if (full is not null)
            {
                return null;
            }

            _open++;
            _byKey[key] = ofKey + 1;
            return new Slot(this, key);
        }
    }

    private static string Text(int limit, string whose, string setting) => string.Create(
        CultureInfo.InvariantCulture,
        $"All {limit} streams{whose} are open. Close one, or raise Scouthook:Management:{setting}.");

    private void Free(Guid key)
    {
        lock (_lock)
        {
            _open--;
            if (--_byKey[key] == 0)
            {
                _byKey.Remove(key);
            }
        }
    }

    private sealed class Slot(StreamLimiter slots, Guid key) : IDisposable
    {
        private StreamLimiter? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Free(key);
    }
}
