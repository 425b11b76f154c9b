using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The range of a replay: events stored later are not included.</summary>
/// <param name="Start">
/// The position before the first one: a sequence, or for dead letters the row number of a delivery.
/// </param>
/// <param name="Through">The position of the last one.</param>
/// <remarks>
/// Without bounds, a week out of a store of months would first scan the months: nothing would be added for a long time.
/// </remarks>
internal sealed record SqliteReplayBounds(long Start, long Through)
{
    /// <returns><see langword="null"/> if the event named by the request does not exist.</returns>
    public static SqliteReplayBounds? Find(SqliteSession session, ReplayRequest request)
    {
        if (request.EventId is { } id)
        {
            return session.Statement("SELECT sequence FROM event WHERE id = ?1").Scalar(id.ToByteArray(bigEndian: true))
                is long sequence ? new SqliteReplayBounds(sequence - 1, sequence) : null;
        }

        var (start, through) = request.DeadLetters ? DeadLetters(session, request) : Events(session, request);
        return new SqliteReplayBounds(Math.Min(start, through), through);
    }

    private static (long Start, long Through) DeadLetters(SqliteSession session, ReplayRequest request)
    {
        const string all =
            "SELECT delivery_id FROM delivery INDEXED BY delivery_dead WHERE state = 3 AND endpoint_id = ?1 ORDER BY delivery_id";
        var endpoint = session.Endpoints.RowOf(request.EndpointId!.Value);
        return session.Statement($"{all} LIMIT 1").Scalar(endpoint) is long first
            && session.Statement($"{all} DESC LIMIT 1").Scalar(endpoint) is long last ? (first - 1, last) : (0, 0);
    }

    private static (long Start, long Through) Events(SqliteSession session, ReplayRequest request)
    {
        var last = request.Until is { } until
            ? session.Statement(SqliteReceipts.Last).Scalar(StoredTime.From(until))
            : session.Statement("SELECT max(sequence) FROM event").Scalar();
        var first = request.Since is { } since
            ? session.Statement(SqliteReceipts.First).Scalar(StoredTime.From(since))
            : session.Statement("SELECT min(sequence) FROM event").Scalar();
        return first is long from && last is long to ? (from - 1, to) : (0, 0);
    }
}
