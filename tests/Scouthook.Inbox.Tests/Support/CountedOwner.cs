using System.Buffers;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>Replaces a rented buffer and counts how often it is returned.</summary>
internal sealed class CountedOwner : IMemoryOwner<byte>
{
    private int _disposed;

    public Memory<byte> Memory => default;

    public int Disposed => Volatile.Read(ref _disposed);

    public void Dispose() => Interlocked.Increment(ref _disposed);
}
