using Npgsql;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The time of the database, so that all nodes agree whatever their clocks say.</summary>
/// <remarks>
/// The database is asked once in a while; in between the monotonic time of the node counts. Until the database has
/// answered once, it is the time of the node.
/// </remarks>
internal sealed class PostgreSqlTimeProvider(PostgreSqlDatabase database, TimeProvider timeProvider) : TimeProvider
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset? _asked;
    private long _askedAt;
    private long _answeredAt;
    private bool _isAsking;
    private bool _wasAsked;

    public override long TimestampFrequency => timeProvider.TimestampFrequency;

    public override long GetTimestamp() => timeProvider.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        timeProvider.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        bool isFirst, mustAsk;
        lock (_gate)
        {
            isFirst = !_wasAsked;
            mustAsk = !_isAsking
                && (isFirst || timeProvider.GetElapsedTime(_askedAt) >= (_asked is null ? AskAgainAfter : AskEvery));
            _isAsking |= mustAsk;
            _wasAsked |= mustAsk;
        }

        if (mustAsk && isFirst)
        {
            Ask();
        }
        else if (mustAsk)
        {
            _ = Task.Run(Ask);
        }

        lock (_gate)
        {
            return _asked is { } at ? at + timeProvider.GetElapsedTime(_answeredAt) : timeProvider.GetUtcNow();
        }
    }

    private void Ask()
    {
        try
        {
            using var connection = database.Open();
            var before = timeProvider.GetTimestamp();
            var now = StoredTime.To((long)new PostgreSqlStatement(
                connection, null, "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint").Scalar()!);
            var half = timeProvider.GetElapsedTime(before) / 2;
            lock (_gate)
            {
                (_asked, _answeredAt) = (now + half, timeProvider.GetTimestamp());
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or InboxUnavailableException or InboxRefusedException or TimeoutException)
        {
            // Asked again later, and never waited for: calls of the store report why it does not respond.
        }
        finally
        {
            lock (_gate)
            {
                _isAsking = false;
                _askedAt = timeProvider.GetTimestamp();
            }
        }
    }
}
