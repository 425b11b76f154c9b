using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The range of a replay: events stored later are not included.</summary>
/// <param name="Start">
/// The position before the first one: a sequence, or for dead letters the row number of a delivery.
/// </param>
/// <param name="Through">The position of the last one.</param>
/// <remarks>
/// Without bounds, a week out of a store of months would first scan the months: nothing would be added for a long time.
/// </remarks>
internal sealed record PostgreSqlReplayBounds(long Start, long Through)
{
    /// <summary>
    /// The number of neighbours that time bounds are taken over, as events are not received in exactly their order.
    /// </summary>
    private const long Disorder = 20_000;

    /// <returns><see langword="null"/> if the event named by the request does not exist.</returns>
    public static PostgreSqlReplayBounds? Find(PostgreSqlSession session, ReplayRequest request)
    {
        if (request.EventId is { } id)
        {
            return session.Statement("SELECT sequence FROM event WHERE id = $1").Scalar(id)
                is long sequence ? new PostgreSqlReplayBounds(sequence - 1, sequence) : null;
        }

        var (start, through) = request.DeadLetters ? DeadLetters(session, request) : Events(session, request);
        return new PostgreSqlReplayBounds(Math.Min(start, through), through);
    }

    private static (long Start, long Through) DeadLetters(PostgreSqlSession session, ReplayRequest request)
    {
        const string all =
            "SELECT delivery_id FROM delivery WHERE state = 3 AND endpoint_id = $1 ORDER BY delivery_id";
        var endpoint = session.Endpoints.RowOf(request.EndpointId!.Value);
        return session.Statement($"{all} LIMIT 1").Scalar(endpoint) is long first
            && session.Statement($"{all} DESC LIMIT 1").Scalar(endpoint) is long last ? (first - 1, last) : (0, 0);
    }

    private static (long Start, long Through) Events(PostgreSqlSession session, ReplayRequest request)
    {
        var last = request.Until is { } until
            ? session.Statement(
                """
                SELECT max(sequence) FROM (SELECT sequence FROM event
                WHERE received_at < $1 ORDER BY received_at DESC LIMIT $2) AS last
                """).Scalar(StoredTime.From(until), Disorder)
            : session.Statement("SELECT max(sequence) FROM event").Scalar();
        var first = request.Since is { } since
            ? session.Statement(
                """
                SELECT min(sequence) FROM (SELECT sequence FROM event
                WHERE received_at >= $1 ORDER BY received_at LIMIT $2) AS first
                """).Scalar(StoredTime.From(since), Disorder)
            : session.Statement("SELECT min(sequence) FROM event").Scalar();
        return first is long from && last is long to ? (from - 1, to) : (0, 0);
    }
}
