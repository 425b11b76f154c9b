namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Signals that so many events are not indexed yet that it is worth doing.</summary>
internal sealed class SqliteTail
{
    private const long Long = 4 * SqliteLaterIndexes.Chunk;

    public AsyncAutoResetEvent IsLong { get; } = new();

    /// <param name="events">How many events are not indexed.</param>
    public void Grown(long events)
    {
        if (events >= Long)
        {
            IsLong.Set();
        }
    }
}
