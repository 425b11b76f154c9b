using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Migrates and uses real stores of earlier versions; Fixtures/README.md says how they were created.</summary>
public sealed class OlderStoreTests
{
    private static readonly string Fixtures = typeof(OlderStoreTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == "OlderStores").Value!;

    /// <summary>Some hours after the stores were created.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 6, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Schemas => [1, 2, 3, 4, 5, 10, 11];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Store_is_migrated_and_keeps_every_event(int schema)
    {
        await using var store = await OpenAsync(schema);
        var before = Before(store);

        Assert.Equal(SqliteSchema.Version, store.Number("PRAGMA user_version"));
        Assert.Equal("ok", store.Text("PRAGMA integrity_check"));
        Assert.Equal(before.Events.Select(row => row.Id), (await store.WithOperationalAsync()).Select(stored => stored.Id));
        foreach (var row in before.Events)
        {
            var content = await store.History.ReadAsync(row.Id, Cancelled);
            Assert.NotNull(content);
            Assert.Equal(row.Body, content.Body);
            Assert.Equal(row.Headers, content.Headers);
        }

        await store.ReopenAsync();
        Assert.Equal(before.Events.Count, (await store.WithOperationalAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Store_gets_a_key_of_fingerprints_and_keeps_secrets_of_sources(int schema)
    {
        await using var store = await OpenAsync(schema);
        var key = (await store.SourceSecrets.ReadAsync(Cancelled)).FingerprintKey;
        await store.SourceSecrets.ChangeAsync(changes => SourceSecretEdits.Add(
            changes, [], new StoredSourceSecret("default", "0badcafe", [1], Now, null)));
        await store.ReopenAsync();

        var stored = await store.SourceSecrets.ReadAsync(Cancelled);

        Assert.Equal(32, key.Length);
        Assert.Equal(key, stored.FingerprintKey);
        Assert.Equal("0badcafe", Assert.Single(stored.All).Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Store_receives_and_recognises_repeats_of_its_old_events(int schema)
    {
        await using var store = await OpenAsync(schema);
        var before = Before(store);
        var unknown = before.Events.Single(row => row.EventType == "helpscout.test");

        var repeat = await store.AppendAsync(Some.Event(unknown.EventType, key: unknown.Key, receivedAt: Now));
        var added = await store.AppendAsync(Some.Event(body: "{\"id\":1}"u8.ToArray(), receivedAt: Now));

        Assert.True(repeat.IsRepeat);
        Assert.Equal(unknown.Sequence, repeat.Sequence);
        Assert.True(added.Sequence > before.Events.Max(row => row.Sequence));
        Assert.True((await new SqliteChangeLog(new SqliteReader(store.Database)).ReadAsync(0, 500, Cancelled)).Changes.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Store_dispatches_delivers_and_replays_its_old_events(int schema)
    {
        await using var store = await OpenAsync(schema);
        var events = await store.AllAsync();
        var endpoint = await store.CreateAsync(SomeEndpoint.Http("added later"), StartPosition.Beginning);

        await store.DispatchAllAsync(Now);
        Assert.Equal(
            events.Select(stored => stored.Sequence), (await store.DrainAsync(endpoint, Now)).Order());

        var replay = await store.At(Now).Replays.CreateAsync(new ReplayRequest { EndpointId = endpoint.Id, EventTypes = ["convo.*"] });
        Assert.NotNull(replay.Replay);
        while (await store.At(Now).Replays.StepAsync() is StepOutcome.MoreToDo)
        {
        }

        var convos = events.Count(stored => stored.EventType.StartsWith("convo.", StringComparison.Ordinal));
        Assert.Equal(convos, (await store.DrainAsync(endpoint, Now)).Count);
        Assert.All((await store.Replays.ListAsync(null, 100, Cancelled)).Items, each => Assert.NotEqual(ReplayState.Running, each.State));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Store_keeps_endpoints_deliveries_and_secrets(int schema)
    {
        await using var store = await OpenAsync(schema);
        var before = Before(store);

        var endpoints = await store.Endpoints.ListAsync(Cancelled);
        Assert.Equal(["declared", "receiver", "gone", "failing"], endpoints.Select(endpoint => endpoint.Name));
        Assert.Equal(EndpointState.Disabled, endpoints[2].State);
        Assert.Equal(EndpointState.Paused, endpoints[3].State);
        using var protector = new SecretProtector(Path.Combine(store.Folder, "keys"));
        Assert.All(endpoints, endpoint => Assert.NotNull(protector.Unprotect(endpoint.Id, endpoint.Secrets!)));

        var deliveries = await store.DeliveriesAsync();
        Assert.Equal(before.Deliveries, deliveries.Select(delivery => (delivery.Id, (long)delivery.State, (long)delivery.Attempts)));
        Assert.Contains(deliveries, delivery => delivery.State is DeliveryState.Delivered);
        Assert.Contains(deliveries, delivery => delivery.State is DeliveryState.Pending);
        var dead = deliveries.First(delivery => delivery.State is DeliveryState.DeadLettered);
        Assert.NotEmpty(await store.Deliveries.AttemptsAsync(dead.Id, Cancelled));

        Assert.Equal(DeliveryChangeOutcome.Done, await store.At(Now).Replays.RetryAsync(dead.Id));
        await store.AppendAsync(42, receivedAt: Now);
        await store.DispatchAllAsync(Now);
        Assert.NotEmpty(await store.DrainAsync(await store.FindAsync(endpoints[1]), Now));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Store_keeps_keys_and_the_audit_log(int schema)
    {
        await using var store = await OpenAsync(schema);
        var access = new SqliteAccessStore(store.Writer, new SqliteReader(store.Database));
        var audited = schema < 3 ? 0 : Before(store).Audited;
        using (var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(store.Folder, "expected.json"), Cancelled)))
        {
            if (expected.RootElement.TryGetProperty("apiKey", out var text))
            {
                var found = await access.FindKeyAsync(SHA256.HashData(Encoding.UTF8.GetBytes(text.GetString()!)), Cancelled);
                Assert.Equal(("fixture", ApiRole.Operator), (found?.Name, found?.Role));
            }
        }

        Assert.Equal(audited, (await access.ListAuditAsync(null, 500, Cancelled)).Items.Count);
        await access.AddKeyAsync(new ApiKey { Id = Some.Id(), Name = "new", Role = ApiRole.Viewer, CreatedAt = Now }, new byte[32]);
        Assert.Equal("new", (await access.FindKeyAsync(new byte[32], Cancelled))?.Name);
        var statistics = new SqliteStatisticsStore(store.Writer, new SqliteReader(store.Database));
        while (await statistics.CountAsync() is StepOutcome.MoreToDo)
        {
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Store_keeps_its_counts_in_every_resolution(int schema)
    {
        await using var store = await OpenAsync(schema);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "before.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var events = connection.ExecuteScalar<long>("SELECT sum(events) FROM event_count");
        var (attempts, duration) = connection.QuerySingle<(long, long)>("SELECT sum(attempts), sum(duration) FROM attempt_count");
        Assert.True(events > 0 && attempts > 0);

        foreach (var resolution in StatisticsResolution.All)
        {
            // The window of this resolution that ends with the day of the counts; the finest begins at its last count.
            var last = connection.ExecuteScalar<long>(
                "SELECT max(bucket) FROM (SELECT bucket FROM event_count UNION ALL SELECT bucket FROM attempt_count)");
            var until = StoredTime.To(last).AddHours(1);
            var counted = await store.Statistics.ReadAsync(until - resolution.LongestWindow, until, Cancelled);
            Assert.Equal(resolution.Width, counted.Step);
            Assert.Equal(events, counted.Events.Sum(count => count.Events));
            Assert.Equal(attempts, counted.Attempts.Sum(count => count.Attempts));
            Assert.Equal(duration, (long)counted.Attempts.Sum(count => count.Duration.TotalMicroseconds));
        }
    }

    [Fact]
    public async Task Old_counts_are_summed_into_longer_buckets()
    {
        // The same again twice: five minutes, and six hours later.
        const string copies =
            """
            INSERT INTO event_count SELECT bucket + k.value, source_id, event_type_id, state, events
            FROM event_count, json_each('[300000000, 21600000000]') k;
            INSERT INTO attempt_count SELECT bucket + k.value, endpoint_id, outcome, attempts, duration + 1
            FROM attempt_count, json_each('[300000000, 21600000000]') k;
            """;
        await using var store = await OpenAsync(5, copies);

        foreach (var minutes in new[] { 1, 5, 60, 360, 1440 })
        {
            Assert.Equal(Totals("before.db", "1"), Totals("scouthook.db", $"resolution = {minutes}"));
        }

        Assert.Equal(
            store.Number("SELECT count(*) FROM event_count WHERE resolution = 5"),
            store.Number("SELECT count(*) FROM event_count WHERE resolution = 1"));
        Assert.True(
            store.Number("SELECT count(*) FROM attempt_count WHERE resolution = 1440")
            < store.Number("SELECT count(*) FROM attempt_count WHERE resolution = 60"));

        (long, long, long) Totals(string file, string condition)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, file)};Mode=ReadWrite;Pooling=False");
            connection.Open();
            return connection.QuerySingle<(long, long, long)>(
                $"""
                SELECT (SELECT sum(events) FROM event_count WHERE {condition}), sum(attempts), sum(duration)
                FROM attempt_count WHERE {condition}
                """);
        }
    }

    [Fact]
    public async Task Each_store_gets_its_own_id_and_keeps_it()
    {
        await using var first = await OpenAsync(1);
        await using var second = await OpenAsync(1);
        var id = first.Text("SELECT hex(id) FROM store");

        await first.ReopenAsync();

        Assert.Equal(32, id.Length);
        Assert.Equal(id, first.Text("SELECT hex(id) FROM store"));
        Assert.NotEqual(id, second.Text("SELECT hex(id) FROM store"));
    }

    private static async Task<SqliteHarness> OpenAsync(int schema, string? sql = null) => await SqliteHarness.CreateAsync(
        TimeSpan.FromHours(48),
        new FakeTimeProvider(Now),
        folder =>
        {
            ZipFile.ExtractToDirectory(Path.Combine(Fixtures, $"schema-{schema}.zip"), folder);
            if (sql is not null)
            {
                using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "scouthook.db")};Pooling=False");
                connection.Open();
                connection.Execute(sql);
            }

            File.Copy(Path.Combine(folder, "scouthook.db"), Path.Combine(folder, "before.db"));
        });

    /// <summary>The content of the file before it was opened.</summary>
    private static Content Before(SqliteHarness store)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "before.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var tables = connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table'").ToHashSet();
        var events = connection.Query<(long Sequence, byte[] Id, string EventType, byte[] Body, string Headers, byte[]? Key)>(
            """
            SELECT e.sequence, e.id, t.name, b.body, b.headers, e.deduplication_key
            FROM event e JOIN event_body b USING (sequence) JOIN event_type t USING (event_type_id) ORDER BY e.sequence
            """);
        var deliveries = tables.Contains("delivery")
            ? connection.Query<(byte[] Id, long State, long Attempts)>("SELECT id, state, attempts FROM delivery ORDER BY delivery_id")
            : [];
        return new Content(
            [.. events.Select(row => new Row(
                row.Sequence, new Guid(row.Id, bigEndian: true), row.EventType, row.Body, row.Headers, row.Key))],
            [.. deliveries.Select(row => (new Guid(row.Id, bigEndian: true), row.State, row.Attempts))],
            tables.Contains("audit") ? connection.ExecuteScalar<int>("SELECT count(*) FROM audit") : 0);
    }

    private sealed record Row(long Sequence, Guid Id, string EventType, byte[] Body, string Headers, byte[]? Key);

    private sealed record Content(
        IReadOnlyList<Row> Events, IReadOnlyList<(Guid Id, long State, long Attempts)> Deliveries, int Audited);
}
