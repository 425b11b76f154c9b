using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>The API keys by their hash.</summary>
/// <remarks>
/// Keys are few and read with every request, so they are cached in memory: a wrong one then costs a hash and not a
/// look-up. The cache is read again after every change, and at least every second.
/// </remarks>
/// <param name="read">Reads all keys.</param>
/// <param name="timeProvider">Measures the age of the cache.</param>
internal sealed class KeyCache(Func<Task<Dictionary<string, ApiKey>>> read, TimeProvider timeProvider)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<Dictionary<string, ApiKey>>? _keys;
    private long _readAt;

    public async Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        Task<Dictionary<string, ApiKey>> keys;
        lock (_lock)
        {
            if (_keys is null || _keys.IsFaulted || _keys.IsCanceled || timeProvider.GetElapsedTime(_readAt) >= MaxAge)
            {
                _readAt = timeProvider.GetTimestamp();
                _keys = read();
            }

            keys = _keys;
        }

        return (await keys.WaitAsync(cancellationToken)).GetValueOrDefault(Convert.ToHexString(hash));
    }

    /// <summary>Runs a change of keys, and forgets the cached ones after it.</summary>
    public async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        finally
        {
            lock (_lock)
            {
                _keys = null;
            }
        }
    }
}
