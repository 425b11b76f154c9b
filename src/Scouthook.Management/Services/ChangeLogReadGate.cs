namespace Scouthook.Management.Services;

/// <summary>Lets one follower at a time read the change log.</summary>
/// <remarks>
/// Followers that reconnect after a night have much to read. All at once they would take every processor from
/// receiving; in turn they take one, and each still gets as much at a time as it can.
/// </remarks>
internal sealed class ChangeLogReadGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <returns>The slot, which is released when it is disposed.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
