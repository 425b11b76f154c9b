namespace Scouthook.Tests.Support;

/// <summary>Owns rented bytes; counts how often it is disposed, and optionally overwrites the bytes.</summary>
internal sealed class CountingOwner(Action? spoil = null) : IDisposable
{
    private int _disposals;

    public int Disposals => _disposals;

    public void Dispose()
    {
        Interlocked.Increment(ref _disposals);
        spoil?.Invoke();
    }
}
