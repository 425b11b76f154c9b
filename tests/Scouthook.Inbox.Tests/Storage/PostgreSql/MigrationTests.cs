using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Scouthook.Events;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.PostgreSql;
using Scouthook.Inbox.PostgreSql.Migration;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;
using Scouthook.Inbox.Storage.Sqlite.Export;
using Scouthook.Inbox.Tests.Storage.Sqlite;
using Scouthook.Parsing;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>Moves SQLite stores to PostgreSQL.</summary>
public sealed class MigrationTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(48);

    private static readonly string Fixtures = typeof(MigrationTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "OlderStores").Value!;

    public static TheoryData<int> Schemas => [1, 2, 3, 4, 5, 10, 11];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_list_shows_the_same_as_before()
    {
        await using var moving = await MovingStore.CreateAsync();
        var before = await StoreSnapshot.ReadAsync(moving.Store, moving.Clock.GetUtcNow());
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();

        var moved = await MoveAsync(copy, connectionString);

        await using var store = await OpenAsync(connectionString, moving.Clock);
        StoreSnapshot.Equal(before, await StoreSnapshot.ReadAsync(store, moving.Clock.GetUtcNow()));
        Assert.False(moved.IsResumed);
        Assert.Equal(moving.Store.Number("SELECT count(*) FROM event"), moved.RowsOf("event"));
        Assert.Equal(moving.Store.Text("SELECT lower(hex(id)) FROM store"), moved.StoreId.ToString("N"));
        Assert.Equal(moved.StoreId.ToString(), await TextAsync(connectionString, "SELECT id::text FROM store"));
        Assert.Empty(await ColumnAsync(connectionString, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'unfinished%'"));
    }

    [Fact]
    public async Task Moved_store_continues_where_the_old_one_stopped()
    {
        await using var moving = await MovingStore.CreateAsync();
        var changes = await StoreSnapshot.ChangesAsync(moving.Store, 0);
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();
        await MoveAsync(copy, connectionString);
        await using var store = await OpenAsync(connectionString, moving.Clock);

        // What was stored before is recognised, and numbers continue.
        var repeat = await store.AppendAsync(Some.Received(SampleEvents.All[0]));
        var added = await store.AppendAsync(Some.Event("tag.created", Some.Facts(Some.Conversation(1))));
        Assert.True(repeat.IsRepeat);
        Assert.Equal(moving.Store.Number("SELECT seq FROM sqlite_sequence WHERE name = 'event'") + 1, added.Sequence);
        var followed = await StoreSnapshot.ChangesAsync(store, changes[^10].Id);
        Assert.Equal(changes.TakeLast(9).Select(change => change.Id), followed.Take(9).Select(change => change.Id));
        Assert.Equal((changes[^1].Id + 1, added.Sequence), (followed[^1].Id, followed[^1].Event!.Sequence));

        // Deliveries continue in the order of their resources, the leased ones too.
        await store.Queue.RecoverAsync();
        while (await store.Replays.StepAsync() is StepOutcome.MoreToDo)
        {
        }

        Assert.All((await store.Replays.ListAsync(null, 10, Cancel)).Items, replay => Assert.Equal(ReplayState.Done, replay.State));
        await store.DispatchAllAsync(moving.Clock.GetUtcNow());
        var later = moving.Clock.GetUtcNow().AddMinutes(10);
        foreach (var endpoint in (await store.Endpoints.ListAsync(Cancel)).Where(endpoint => endpoint.Definition.Name is "crm" or "early"))
        {
            var pending = await store.DeliveriesAsync(endpoint, DeliveryState.Pending);
            await DrainInOrderAsync(store, endpoint, later, pending.Count);
        }

        Assert.Equal(
            await ColumnAsync(connectionString, "SELECT count(*)::text FROM delivery"),
            await ColumnAsync(connectionString, "SELECT count(DISTINCT (endpoint_id, sequence, coalesce(replay_id, 0)))::text FROM delivery"));
    }

    [Fact]
    public async Task Secrets_sign_as_before_and_keys_open_the_api()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();
        await MoveAsync(copy, connectionString);
        await using var store = await OpenAsync(connectionString, moving.Clock);
        using var protector = new SecretProtector(new PostgreSqlKeyRing(store.Database, store.Reader));

        var now = moving.Clock.GetUtcNow();
        var crm = (await store.Endpoints.ListAsync(Cancel)).Single(endpoint => endpoint.Definition.Name == "crm");
        var old = (await moving.Store.Endpoints.FindAsync(crm.Id, Cancel))!;
        var signature = protector.Unprotect(crm.Id, crm.Secrets!)!.SignStandard("id", "body"u8, now);
        Assert.Equal(moving.Protector.Unprotect(old.Id, old.Secrets!)!.SignStandard("id", "body"u8, now), signature);
        Assert.Equal(2, signature.Split(' ').Length);
        var secret = Assert.Single((await store.SourceSecrets.ReadAsync(Cancel)).All);
        Assert.Equal(MovingStore.SourceSecret, protector.UnprotectSourceSecret(secret.Secret!));
        var key = await store.Access.FindKeyAsync(SHA256.HashData(Encoding.UTF8.GetBytes(MovingStore.Key)), Cancel);
        Assert.Equal(("a key", ApiRole.Operator), (key?.Name, key?.Role));

        // The key ring is usable, and further numbers do not collide with those moved.
        Assert.NotNull(protector.UnprotectSourceSecret(protector.ProtectSourceSecret("another")));
        await store.Access.AddKeyAsync(new ApiKey { Id = Some.Id(), Name = "new", Role = ApiRole.Viewer, CreatedAt = now }, new byte[32]);
        await store.CreateAsync(SomeEndpoint.Http("added later"));
    }

    [Fact]
    public async Task Migration_stopped_after_every_chunk_moves_everything_once()
    {
        await using var moving = await MovingStore.CreateAsync();
        var before = await StoreSnapshot.ReadAsync(moving.Store, moving.Clock.GetUtcNow());
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();
        var runs = 0;
        MigrationResult? moved = null;
        for (var done = -1L; moved is null; runs++)
        {
            Assert.True(runs < 200, "it does not come to an end");
            try
            {
                moved = await MoveAsync(copy, connectionString, progress =>
                {
                    if (progress.Phase is MigrationPhase.Copying && progress.Done > done)
                    {
                        done = progress.Done;
                        throw new OperationCanceledException();
                    }
                });
            }
            catch (OperationCanceledException)
            {
                var refused = await Assert.ThrowsAsync<InboxRefusedException>(() => OpenAsync(connectionString, moving.Clock, owns: false));
                Assert.Contains($"Run scouthook migrate --from {copy.Path} again", refused.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(runs > 15, $"{runs} runs");
        Assert.True(moved.IsResumed);
        await using var store = await OpenAsync(connectionString, moving.Clock);
        StoreSnapshot.Equal(before, await StoreSnapshot.ReadAsync(store, moving.Clock.GetUtcNow()));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Older_store_is_upgraded_and_moved(int schema)
    {
        using var folder = new Folder();
        ZipFile.ExtractToDirectory(Path.Combine(Fixtures, $"schema-{schema}.zip"), folder.Path);
        var connectionString = await PostgreSqlServers.CreateAsync();

        var moved = await MoveAsync(folder, connectionString);

        Assert.Equal((schema, SqliteSchema.Version), (moved.SchemaBefore, moved.Schema));
        var clock = new TwoClocks();
        clock.TravelTo(new DateTimeOffset(2026, 11, 30, 6, 0, 0, TimeSpan.Zero));
        await using var old = await SqliteHarness.CreateAsync(Window, clock, to =>
        {
            foreach (var file in Directory.GetFiles(folder.Path, "scouthook.db*"))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            }
        });
        await using var store = await OpenAsync(connectionString, clock);
        StoreSnapshot.Equal(await StoreSnapshot.ReadAsync(old, clock.GetUtcNow()), await StoreSnapshot.ReadAsync(store, clock.GetUtcNow()));
        using var before = new SecretProtector(folder["keys"]);
        using var after = new SecretProtector(new PostgreSqlKeyRing(store.Database, store.Reader));
        foreach (var endpoint in (await store.Endpoints.ListAsync(Cancel)).Where(endpoint => endpoint.Secrets is not null))
        {
            Assert.NotNull(after.Unprotect(endpoint.Id, endpoint.Secrets!));
            Assert.NotNull(before.Unprotect(endpoint.Id, endpoint.Secrets!));
        }
    }

    [Fact]
    public async Task Ids_and_titles_that_postgresql_cannot_tell_apart_are_stored_once()
    {
        await using var old = await SqliteHarness.CreateAsync(Window, new TwoClocks());
        foreach (var id in new[] { "a\0", "a\ufffd", "b\0\ufffd", "b\ufffd\0", "c" })
        {
            await old.AppendAsync(Some.Event("chat.created", Some.Facts(new(ResourceKind.Chat, id)) with { Title = "Title", CustomerEmail = id + "@example.com" }));
        }

        await old.AppendAsync(Some.Event("no.resource", new EventFacts { State = EventState.Ok, Title = "x\0y" }));
        await old.Writer.SyncAsync();
        using var copy = new Folder();
        File.Copy(Path.Combine(old.Folder, "scouthook.db"), copy["scouthook.db"]);
        File.Copy(Path.Combine(old.Folder, "scouthook.db-wal"), copy["scouthook.db-wal"]);
        var connectionString = await PostgreSqlServers.CreateAsync();

        await MoveAsync(copy, connectionString);

        await using var store = await OpenAsync(connectionString, old.Time);
        Assert.Equal(
            ["a\ufffd 2", "b\ufffd\ufffd 4", "c 5"],
            await ColumnAsync(connectionString, "SELECT resource_id || ' ' || last_sequence FROM resource ORDER BY resource_id"));
        Assert.Equal(5, (await store.ListAllAsync(new EventQuery { Text = "title" })).Count);
        Assert.Equal(2, (await store.ListAllAsync(new EventQuery { Resource = new(ResourceKind.Chat, "a\ufffd") })).Count);
        Assert.Single(await store.ListAllAsync(new EventQuery { Text = "x\ufffdy" }));
    }

    [Fact]
    public async Task Every_column_of_the_database_is_moved_in_its_type()
    {
        // Set otherwise, or about the nodes that run.
        string[] own = ["store", "key_ring", "leader", "new_attempt"];
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, new TwoClocks());

        var columns = await ColumnAsync(
            store.ConnectionString,
            """
            SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = 'public'
            ORDER BY 1
            """);

        Assert.Equal(
            columns.Where(column => !own.Contains(column.Split('.')[0])),
            ExportTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name} {TypeOf(column.Kind)}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Database_with_another_store_is_refused_and_left_as_it_is()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, moving.Clock);
        await store.AppendAsync(Some.Event());
        var id = await TextAsync(store.ConnectionString, "SELECT id::text FROM store");

        var refused = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, store.ConnectionString));

        Assert.Contains("contains another store (there are rows in its table source). Use an empty database.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(id, await TextAsync(store.ConnectionString, "SELECT id::text FROM store"));
        Assert.Single(await store.AllAsync());
    }

    [Fact]
    public async Task Store_that_was_moved_already_is_refused()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();
        await MoveAsync(copy, connectionString);

        var refused = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, connectionString));

        Assert.Contains("contains this store already. Nothing was copied.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfinished_migration_is_continued_only_from_the_same_unchanged_store()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => MoveAsync(copy, connectionString, Stop));
        await using var other = await MovingStore.CreateAsync(Some.Id());
        using var otherCopy = await other.CopyAsync();

        var ofOther = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(otherCopy, connectionString));

        Assert.Contains($"a part of another store, {copy.Path}, whose migration has not finished", ofOther.Message, StringComparison.Ordinal);

        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={copy["scouthook.db"]};Pooling=False"))
        {
            connection.Open();
            connection.Execute("UPDATE upkeep SET value = value + 1 WHERE name = 'retention_through'");
        }

        var ofChanged = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, connectionString));
        Assert.Contains("has changed since its migration to", ofChanged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_changed_while_they_were_copied_are_found_at_the_end()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();

        var refused = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, connectionString, progress =>
        {
            if (progress is { Phase: MigrationPhase.Verifying, Done: 0 })
            {
                Execute(connectionString, "UPDATE attempt SET duration = duration + 1 WHERE ctid = (SELECT min(ctid) FROM attempt)");
            }
        }));

        Assert.StartsWith("The table attempt differs: ", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InboxRefusedException>(() => OpenAsync(connectionString, moving.Clock, owns: false));
    }

    [Fact]
    public async Task Earlier_run_writes_nothing_more_once_another_has_started()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        using var sameCopy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();
        var isFirst = true;

        var refused = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, connectionString, progress =>
        {
            if (isFirst && progress.Done > 0)
            {
                isFirst = false;
                // The report of progress cannot be awaited.
                var second = Task.Run(() => MoveAsync(sameCopy, connectionString, Stop));
                Assert.True(((IAsyncResult)second).AsyncWaitHandle.WaitOne(TimeSpan.FromMinutes(1)));
                Assert.True(second.IsCanceled);
            }
        }));

        Assert.Contains("Another migration to", refused.Message, StringComparison.Ordinal);
        Assert.True((await MoveAsync(copy, connectionString)).IsResumed);
    }

    [Fact]
    public async Task Store_in_use_or_without_its_keys_is_refused_before_anything_is_copied()
    {
        await using var moving = await MovingStore.CreateAsync();
        using var copy = await moving.CopyAsync();
        var connectionString = await PostgreSqlServers.CreateAsync();

        var inUse = await Assert.ThrowsAsync<InboxRefusedException>(
            () => new PostgreSqlMigration(moving.Store.Folder, moving.Store.Database.Path, connectionString, _ => { }).RunAsync(Cancel));
        Assert.Contains("is in use by another Scouthook process", inUse.Message, StringComparison.Ordinal);

        var key = Directory.GetFiles(copy["keys"]).First();
        await File.WriteAllTextAsync(key, "<key", Cancel);
        var damaged = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, connectionString));
        Assert.Contains($"The file {Path.GetFileName(key)} of the key ring", damaged.Message, StringComparison.Ordinal);

        Directory.Delete(copy["keys"], recursive: true);
        var missing = await Assert.ThrowsAsync<InboxRefusedException>(() => MoveAsync(copy, connectionString));
        Assert.Contains("contains encrypted secrets, and", missing.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await ColumnAsync(connectionString, "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'"));
    }

    private static void Stop(MigrationProgress progress)
    {
        if (progress.Done > 0)
        {
            throw new OperationCanceledException();
        }
    }

    private static Task<MigrationResult> MoveAsync(Folder from, string connectionString, Action<MigrationProgress>? report = null) =>
        new PostgreSqlMigration(from.Path, from["scouthook.db"], connectionString, report ?? (_ => { })).RunAsync(Cancel);

    private static Task<PostgreSqlHarness> OpenAsync(string connectionString, TimeProvider clock, bool owns = true) =>
        PostgreSqlHarness.OpenAsync(connectionString, Window, clock, owns);

    /// <summary>Delivers everything, and checks that events of one resource arrive in order.</summary>
    private static async Task DrainInOrderAsync(StoreHarness store, WebhookEndpoint endpoint, DateTimeOffset now, int pending)
    {
        var last = new Dictionary<ResourceReference, long>();
        var delivered = 0;
        while (await store.LeaseAsync(endpoint, now, most: 50) is { Count: > 0 } leases)
        {
            foreach (var lease in leases.Where(lease => lease.Replay is null && lease.Event.Facts.OrdersWith is not null))
            {
                var resource = lease.Event.Facts.OrdersWith!.Value;
                Assert.True(last.GetValueOrDefault(resource) < lease.Event.Sequence, $"event {lease.Event.Sequence} came late");
                last[resource] = lease.Event.Sequence;
            }

            foreach (var lease in leases)
            {
                await store.SettleAsync(lease, DeliveryState.Delivered, now);
                delivered++;
            }
        }

        Assert.Equal(pending, delivered);
        Assert.Empty(await store.DeliveriesAsync(endpoint, DeliveryState.Pending));
    }

    private static string TypeOf(ExportKind kind) => kind switch
    {
        ExportKind.Int64 => "bigint",
        ExportKind.Int32 => "integer",
        ExportKind.Int16 => "smallint",
        ExportKind.Boolean => "boolean",
        ExportKind.Text => "text",
        ExportKind.Bytes => "bytea",
        _ => "uuid",
    };

    private static async Task<string> TextAsync(string connectionString, string sql) => Assert.Single(await ColumnAsync(connectionString, sql));

    private static async Task<IReadOnlyList<string>> ColumnAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Execute(sql);
    }
}
