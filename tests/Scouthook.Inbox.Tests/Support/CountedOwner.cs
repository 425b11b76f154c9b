namespace Scouthook.Inbox.Tests.Support;

/// <summary>Takes the place of a rented buffer and counts how often it is returned.</summary>
internal sealed class CountedOwner : IDisposable
{
    private int _disposed;

    public int Disposed => Volatile.Read(ref _disposed);

    public void Dispose() => Interlocked.Increment(ref _disposed);
}
