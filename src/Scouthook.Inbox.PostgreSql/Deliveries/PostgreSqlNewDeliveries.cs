using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Adds deliveries behind all others, in one statement.</summary>
/// <remarks>The transaction holds <see cref="PostgreSqlLock.Bulk"/>, as it takes the deliveries of several endpoints.</remarks>
internal sealed class PostgreSqlNewDeliveries(PostgreSqlSession session, long? replay = null)
{
    private readonly List<(WebhookEndpoint Endpoint, int Row, long Sequence, long? OrderingKey)> _added = [];

    public void Add(WebhookEndpoint endpoint, long sequence, long? orderingKey) =>
        _added.Add((endpoint, (int)session.Endpoints.RowOf(endpoint.Id)!.Value, sequence, orderingKey));

    /// <returns>The row numbers, in the order in which they were added, and whether each may be attempted at once.</returns>
    public IReadOnlyList<(long RowId, bool IsDue)> Write()
    {
        if (_added.Count == 0)
        {
            return [];
        }

        foreach (var endpoint in _added.Select(added => added.Row).Distinct().Order())
        {
            session.LockDeliveries(endpoint);
        }

        var time = session.Time;
        var held = Held();
        var steady = StoredTime.From(time.Steady);
        var next = _added.Select(added => added.OrderingKey is { } key && !held.Add((added.Row, key)) ? null : (long?)steady).ToArray();
        var rows = Insert(next, StoredTime.From(time.Now), () => TimeOrderedId.At(time.Now));
        foreach (var (added, at) in _added.Zip(next))
        {
            if (at is not null)
            {
                session.SignalDue(added.Endpoint.Id);
            }
        }

        return [.. rows.Select((row, index) => (row, next[index] is not null))];
    }

    private List<long> Insert(long?[] next, long now, Func<Guid> id)
    {
        var rows = new List<long>(_added.Count);
        using (var ids = session.Statement(
            "SELECT nextval(pg_get_serial_sequence('delivery', 'delivery_id')) FROM generate_series(1, $1)").Read(_added.Count))
        {
            while (ids.Read())
            {
                rows.Add(ids.GetInt64(0));
            }
        }

        // In ascending order: other transactions may have taken some of the numbers in between, but none of these endpoints.
        rows.Sort();
        session.Statement(
            """
            INSERT INTO delivery (delivery_id, id, endpoint_id, sequence, ordering_key, next_attempt_at, state, holds, replay_id, created_at)
            SELECT n.*, 0, true, $7, $8
            FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[]) AS n
            """).Execute(
            rows.ToArray(),
            _added.Select(_ => id()).ToArray(),
            _added.Select(added => added.Row).ToArray(),
            _added.Select(added => added.Sequence).ToArray(),
            _added.Select(added => added.OrderingKey).ToArray(),
            next,
            replay,
            now);
        return rows;
    }

    /// <summary>Finds the ordering keys whose deliveries must wait for an earlier one.</summary>
    private HashSet<(int Endpoint, long Key)> Held()
    {
        var held = new HashSet<(int, long)>();
        var keys = _added.Where(added => added.OrderingKey is not null)
            .Select(added => (added.Row, Key: added.OrderingKey!.Value)).Distinct().ToList();
        if (keys.Count == 0)
        {
            return held;
        }

        // With OFFSET it is looked up for each key; a join could read everything that is unsettled.
        using var rows = session.Statement(
            """
            SELECT k.endpoint, k.key FROM unnest($1::int[], $2::bigint[]) AS k (endpoint, key)
            WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.holds AND d.endpoint_id = k.endpoint AND d.ordering_key = k.key OFFSET 0)
            """).Read(keys.Select(key => key.Row).ToArray(), keys.Select(key => key.Key).ToArray());
        while (rows.Read())
        {
            held.Add(((int)rows.GetInt64(0), rows.GetInt64(1)));
        }

        return held;
    }
}
