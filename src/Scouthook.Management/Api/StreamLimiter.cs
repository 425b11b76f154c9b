using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Api;

/// <summary>Limits how many streams are open at once, in total and of one key.</summary>
internal sealed class StreamLimiter(Func<ManagementSettings> settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _byKey = [];
    private int _open;

    /// <param name="caller">Who follows.</param>
    /// <param name="full">Which limit is reached.</param>
    /// <returns>The slot, which is free again once it is disposed; <see langword="null"/>: there is none.</returns>
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
