using System.Buffers.Binary;

using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Finds and stores the state of a deduplication key.</summary>
internal static class SqliteRecentKey
{
    public static KeptEvent? Find(SqliteSession session, byte[] key)
    {
        using var row = session.Statement(
            "SELECT sequence, received_at, earlier FROM recent_key WHERE deduplication_key = ?1").Read(key);
        return row.Read()
            ? new KeptEvent(
                row.GetInt64(0), StoredTime.To(row.GetInt64(1)), row.IsDBNull(2) ? [] : ReadTimes(row.GetBytes(2)))
            : null;
    }

    public static void Store(SqliteSession session, byte[] key, KeptEvent kept) => session.Statement(
        """
        INSERT INTO recent_key (deduplication_key, sequence, received_at, earlier) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (deduplication_key) DO UPDATE SET sequence = ?2, received_at = ?3, earlier = ?4
        """).Execute(
        key,
        kept.Sequence,
        StoredTime.From(kept.AgedAt),
        kept.Earlier.Count > 0 ? WriteTimes(kept.Earlier) : null);

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
