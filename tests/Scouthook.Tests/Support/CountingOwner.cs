using System.Buffers;

namespace Scouthook.Tests.Support;

/// <summary>Owns rented bytes, counts its disposals, and optionally overwrites the bytes.</summary>
internal sealed class CountingOwner(Action? spoil = null) : IMemoryOwner<byte>
{
    private int _disposals;

    public int Disposals => _disposals;

    public Memory<byte> Memory => default;

    public void Dispose()
    {
        Interlocked.Increment(ref _disposals);
        spoil?.Invoke();
    }
}
