using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Scouthook.Signing;

/// <summary>Keyed hash states of one secret, rented by one request at a time.</summary>
/// <remarks>
/// Setting up an HMAC costs more than hashing a kilobyte, so the keyed state is kept. <see cref="IncrementalHash"/> is
/// not thread-safe and is unusable after an exception halfway: a state is returned only after a clean run.
/// </remarks>
internal sealed class HashStatePool(SigningSecret secret) : IDisposable
{
    private static readonly int MaxKept = Environment.ProcessorCount * 2;

    private readonly ConcurrentQueue<IncrementalHash> _idle = new();
    private volatile bool _disposed;

    /// <summary>Hashes the body; a concurrent second thread gets a separate state.</summary>
    public void Hash(ReadOnlySpan<byte> body, Span<byte> hash)
    {
        if (!_idle.TryDequeue(out var state))
        {
            state = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, secret.Key);
        }

        var clean = false;
        try
        {
            state.AppendData(body);
            state.GetHashAndReset(hash);
            clean = true;
        }
        finally
        {
            if (clean && !_disposed && _idle.Count < MaxKept)
            {
                _idle.Enqueue(state);
            }
            else
            {
                state.Dispose();
            }
        }

        if (_disposed)
        {
            DisposeIdle();
        }
    }

    /// <summary>Disposes the idle states. A running request finishes with its own and disposes it after use.</summary>
    public void Dispose()
    {
        _disposed = true;
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        while (_idle.TryDequeue(out var state))
        {
            state.Dispose();
        }
    }
}
