namespace Scouthook.Inbox.PostgreSql;

/// <summary>Gives numbers in the change log to what has been committed since the last time.</summary>
/// <remarks>
/// Attempts are committed without waiting for the disk, by all nodes at once. A number that every transaction took for
/// itself would either not be in the order of commit, or make them wait for each other. Here one transaction at a time
/// numbers what it sees, and its own commit waits for the disk, and so for everything before it: a follower gets no
/// number that a crash could take back, and none that appears later than a higher one.
/// </remarks>
internal sealed class PostgreSqlChangeNumbers(PostgreSqlWriter writer, PostgreSqlReader reader)
{
    /// <summary>Marks all stored events as numbered, in a statement.</summary>
    public const string MarkAll =
        $"""
        INSERT INTO upkeep (name, value) SELECT '{Position}', coalesce(max(sequence), 0) FROM event
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """;

    private const int MaxAttempts = 5_000;
    private const string Position = "events_numbered_through";

    /// <summary>Numbers all that was committed before the call.</summary>
    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(
            connection => new PostgreSqlStatement(
                connection,
                null,
                $"""
                SELECT EXISTS (SELECT 1 FROM new_attempt)
                  OR (SELECT max(sequence) FROM event) > coalesce((SELECT value FROM upkeep WHERE name = '{Position}'), 0)
                """).Scalar() is true,
            cancellationToken))
        {
            await writer.RunAsync(Update);
        }
    }

    private static bool Update(PostgreSqlSession session)
    {
        session.Lock(PostgreSqlLock.Changes);
        var attempts = NewAttempts(session);
        var events = NewEvents(session);
        var next = session.Statement("SELECT change_id + ids FROM change ORDER BY change_id DESC LIMIT 1").Scalar() is long number
            ? number
            : 1;

        var rows = new List<(long Id, long Ids, long? Sequence, long? Delivery, int? Number)>();
        var at = 0;
        foreach (var attempt in attempts)
        {
            AddEvents(attempt.After);
            rows.Add((next++, 1, null, attempt.Delivery, attempt.Number));
        }

        AddEvents(long.MaxValue);
        if (rows.Count > 0)
        {
            session.Statement(
                """
                INSERT INTO change (change_id, ids, sequence, delivery_id, number)
                SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[])
                """).Execute(
                rows.Select(row => row.Id).ToArray(),
                rows.Select(row => row.Ids).ToArray(),
                rows.Select(row => row.Sequence).ToArray(),
                rows.Select(row => row.Delivery).ToArray(),
                rows.Select(row => row.Number).ToArray());
            session.SignalChange();
        }

        return true;

        // Events up to the one after which an attempt was stored come before it; consecutive ones share a row.
        void AddEvents(long through)
        {
            while (at < events.Count && events[at] <= through)
            {
                var first = at;
                while (at + 1 < events.Count && events[at + 1] == events[at] + 1 && events[at + 1] <= through)
                {
                    at++;
                }

                at++;
                rows.Add((next, at - first, events[first], null, null));
                next += at - first;
            }
        }
    }

    private static List<(long Delivery, int Number, long After)> NewAttempts(PostgreSqlSession session)
    {
        var attempts = new List<(long Order, long Delivery, int Number, long After)>();
        using (var rows = session.Statement(
            """
            DELETE FROM new_attempt WHERE new_attempt_id IN (SELECT new_attempt_id FROM new_attempt ORDER BY new_attempt_id LIMIT $1)
            RETURNING new_attempt_id, delivery_id, number, after_sequence
            """).Read(MaxAttempts))
        {
            while (rows.Read())
            {
                attempts.Add((rows.GetInt64(0), rows.GetInt64(1), (int)rows.GetInt64(2), rows.GetInt64(3)));
            }
        }

        return [.. attempts.OrderBy(attempt => attempt.Order).Select(attempt => (attempt.Delivery, attempt.Number, attempt.After))];
    }

    /// <summary>Reads the sequences that have no number yet, and marks them as numbered.</summary>
    private static List<long> NewEvents(PostgreSqlSession session)
    {
        const int max = 20_000;
        var events = new List<long>();
        using (var rows = session.Statement("SELECT sequence FROM event WHERE sequence > $1 ORDER BY sequence LIMIT $2")
            .Read(GetValue(session, Position), max))
        {
            while (rows.Read())
            {
                events.Add(rows.GetInt64(0));
            }
        }

        if (events.Count > 0)
        {
            session.Statement(
                "INSERT INTO upkeep (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .Execute(Position, events[^1]);
        }

        return events;
    }

    private static long GetValue(PostgreSqlSession session, string name) =>
        session.Statement("SELECT value FROM upkeep WHERE name = $1").Scalar(name) is long value ? value : 0;
}
