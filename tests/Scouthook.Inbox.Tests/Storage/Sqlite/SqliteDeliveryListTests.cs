using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;
using Scouthook.Inbox.Storage.Sqlite;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>
/// Every combination of delivery filters returns the right deliveries, at a bounded cost per page.
/// </summary>
public sealed class SqliteDeliveryListTests : IAsyncLifetime
{
    private const int Deliveries = 30_000;
    private const int Endpoints = 3;

    private static readonly string[] Types = ["convo.tags", "convo.status", "tag.created"];

    private readonly Folder _folder = new();
    private readonly List<Row> _rows = [];
    private SqliteConnection _connection = null!;

    public ValueTask InitializeAsync()
    {
        var time = new FakeTimeProvider();
        using var database = new SqliteDatabase(_folder["scouthook.db"]);
        _connection = database.OpenWriter();
        Fill();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Pages_together_contain_all_matches_newest_first()
    {
        foreach (var endpoint in new int?[] { null, 1 })
        {
            foreach (var state in Enum.GetValues<DeliveryState>().Select(it => (DeliveryState?)it).Prepend(null))
            {
                foreach (var sequence in new int?[] { null, 5_000 })
                {
                    Check(endpoint, state, sequence, null, false);
                    Check(endpoint, state, sequence, "tag.*", false);
                    Check(endpoint, state, sequence, null, true);
                }
            }
        }
    }

    [Fact]
    public void Page_reads_a_bounded_number_of_deliveries_however_few_match()
    {
        // An empty page once read every delivery.
        var page = new SqliteDeliveryList(
            _connection, new DeliveryQuery { EndpointId = IdOf(1, 1), State = DeliveryState.Delivered, Until = StoredTime.To(-1) }, new SlowTime(), TimeSpan.Zero).Read();

        Assert.Empty(page.Items);
        Assert.InRange(PositionCursor.Read(page.Next)!.Value, Deliveries - (4_000 * Endpoints) - 1, Deliveries);
    }

    private void Check(int? endpoint, DeliveryState? state, int? sequence, string? type, bool byTime)
    {
        var query = new DeliveryQuery
        {
            EndpointId = endpoint is { } one ? IdOf(1, one) : null,
            EventId = sequence is { } stored ? IdOf(2, stored) : null,
            State = state,
            EventTypes = type is null ? [] : [type],
            Since = byTime ? StoredTime.To(Deliveries / 3) : null,
            Until = byTime ? StoredTime.To(Deliveries / 2) : null,
            Limit = 500,
        };
        var expected = _rows.Where(row => (endpoint is null || row.Endpoint == endpoint)
                && (state is null || row.State == state)
                && (sequence is null || row.Sequence == sequence)
                && (type is null || Types[row.Sequence % Types.Length].StartsWith("tag.", StringComparison.Ordinal))
                && (!byTime || row.Key is >= Deliveries / 3 and < Deliveries / 2))
            .Select(row => (long)row.Key).OrderDescending().ToList();

        // Each reading advances this clock by more than the time limit of a page, so each page ends after its first step.
        foreach (var time in new TimeProvider[] { new FakeTimeProvider(), new SlowTime() })
        {
            var found = new List<long>();
            string? next = null;
            do
            {
                var page = new SqliteDeliveryList(_connection, query with { Cursor = next }, time, TimeSpan.Zero).Read();
                found.AddRange(page.Items.Select(delivery => KeyOf(delivery.Id)));
                Assert.True(page.Next is null || next is null || PositionCursor.Read(page.Next) < PositionCursor.Read(next));
                next = page.Next;
            }
            while (next is not null);

            Assert.Equal(expected, found);
        }
    }

    private void Fill()
    {
        using var transaction = _connection.BeginTransaction();
        Execute($"INSERT INTO source (source_id, name) VALUES ({1}, 'default')");
        foreach (var type in Types)
        {
            Execute($"INSERT INTO event_type (name) VALUES ('{type}')");
        }

        for (var endpoint = 1; endpoint <= Endpoints; endpoint++)
        {
            Execute($"INSERT INTO endpoint (id, name, kind, origin, events, mailbox_ids, states, ordering, state, created_at) VALUES (x'{Hex(1, endpoint)}', 'e{endpoint}', 0, 0, '[]', '[]', 15, 0, 0, 0)");
        }

        for (var key = 1; key <= Deliveries; key++)
        {
            var sequence = ((key - 1) / Endpoints) + 1;
            var endpoint = ((key - 1) % Endpoints) + 1;
            if (endpoint == 1)
            {
                Execute($"INSERT INTO event (id, source_id, event_type_id, state, received_at, stale, possible_repeat, size) VALUES (x'{Hex(2, sequence)}', 1, {(sequence % Types.Length) + 1}, 0, 0, 0, 0, 0)");
            }

            // Few deliveries are in a state other than delivered; one event has all states.
            var state = sequence == 5_000 ? (DeliveryState)(key % 5)
                : (key % 1_000) switch { 7 => DeliveryState.Pending, 8 => DeliveryState.Leased, 9 => DeliveryState.DeadLettered, 10 => DeliveryState.Discarded, _ => DeliveryState.Delivered };
            var holds = state is DeliveryState.Pending or DeliveryState.Leased ? 1 : 0;
            Execute($"INSERT INTO delivery (id, endpoint_id, sequence, state, holds, created_at) VALUES (x'{Hex(3, key)}', {endpoint}, {sequence}, {(int)state}, {holds}, {key})");
            _rows.Add(new Row(key, endpoint, sequence, state));
        }

        transaction.Commit();

        void Execute(FormattableString sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql.ToString(CultureInfo.InvariantCulture);
            command.ExecuteNonQuery();
        }
    }

    private static string Hex(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind:x8}{number:x24}");

    private static Guid IdOf(int kind, int number) => Guid.ParseExact(Hex(kind, number), "N");

    private static long KeyOf(Guid id) => long.Parse(id.ToString("N")[8..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private sealed record Row(int Key, int Endpoint, int Sequence, DeliveryState State);

    private sealed class SlowTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency;
    }
}
