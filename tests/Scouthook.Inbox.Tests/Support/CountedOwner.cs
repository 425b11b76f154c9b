using System.Buffers;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>Stands for a rented buffer and counts how often it is given back.</summary>
internal sealed class CountedOwner : IMemoryOwner<byte>
{
    private int _disposed;

    public Memory<byte> Memory => default;

    public int Disposed => Volatile.Read(ref _disposed);

    public void Dispose() => Interlocked.Increment(ref _disposed);
}
