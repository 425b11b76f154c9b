using System.Buffers.Binary;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The deduplication keys of a batch: as stored, then as the events before in the batch leave them.</summary>
internal sealed class PostgreSqlRecentKeys
{
    private readonly Dictionary<string, (byte[] Key, KeptEvent Kept)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <param name="reads">Gets the statement that reads them.</param>
    /// <param name="batch">The events.</param>
    public PostgreSqlRecentKeys(PostgreSqlBatch reads, IReadOnlyList<NewEvent> batch)
    {
        var all = batch.Select(added => added.DeduplicationKey).OfType<byte[]>().ToArray();
        if (all.Length > 0)
        {
            reads.Add(
                Read, "SELECT deduplication_key, sequence, received_at, earlier FROM recent_key WHERE deduplication_key = ANY($1)", (object)all);
        }
    }

    public KeptEvent? Find(byte[] key) => _known.TryGetValue(Text(key), out var known) ? known.Kept : null;

    public void Keep(byte[] key, KeptEvent kept)
    {
        _known[Text(key)] = (key, kept);
        _changed.Add(Text(key));
    }

    public void Write(PostgreSqlBatch writes)
    {
        if (_changed.Count == 0)
        {
            return;
        }

        var changed = _changed.Order(StringComparer.Ordinal).Select(text => _known[text]).ToList();
        writes.Add(
            """
            INSERT INTO recent_key (deduplication_key, sequence, received_at, earlier)
            SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[])
            ON CONFLICT (deduplication_key) DO UPDATE SET
              sequence = excluded.sequence, received_at = excluded.received_at, earlier = excluded.earlier
            """,
            changed.Select(known => known.Key).ToArray(),
            changed.Select(known => known.Kept.Sequence).ToArray(),
            changed.Select(known => StoredTime.From(known.Kept.AgedAt)).ToArray(),
            changed.Select(known => known.Kept.Earlier.Count > 0 ? WriteTimes(known.Kept.Earlier) : null).ToArray());
    }

    private void Read(PostgreSqlRows rows)
    {
        while (rows.Read())
        {
            var key = rows.GetBytes(0);
            _known[Text(key)] = (key, new KeptEvent(
                rows.GetInt64(1), StoredTime.To(rows.GetInt64(2)), rows.IsDBNull(3) ? [] : ReadTimes(rows.GetBytes(3))));
        }
    }

    private static string Text(byte[] key) => Convert.ToHexString(key);

    private static List<DateTimeOffset> ReadTimes(ReadOnlySpan<byte> bytes)
    {
        var times = new List<DateTimeOffset>(bytes.Length / sizeof(long));
        for (; bytes.Length >= sizeof(long); bytes = bytes[sizeof(long)..])
        {
            times.Add(StoredTime.To(BinaryPrimitives.ReadInt64BigEndian(bytes)));
        }

        return times;
    }

    private static byte[] WriteTimes(IReadOnlyList<DateTimeOffset> times)
    {
        var bytes = new byte[times.Count * sizeof(long)];
        for (var index = 0; index < times.Count; index++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(index * sizeof(long)), StoredTime.From(times[index]));
        }

        return bytes;
    }
}
