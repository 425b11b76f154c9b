using Scouthook.Inbox.Model;
using Scouthook.Inbox.PostgreSql;
using Scouthook.Inbox.Storage;
using Scouthook.TestSupport.Databases;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>Properties of the PostgreSQL store that the suites of all stores do not have.</summary>
public sealed class PostgreSqlStoreTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(48);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_whose_commit_was_not_answered_is_recognised_when_it_is_sent_again()
    {
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, TimeProvider.System);
        await using var proxy = DatabaseProxy.Start((await PostgreSqlServers.GetAsync()).Port);
        var through = new Npgsql.NpgsqlConnectionStringBuilder(store.ConnectionString) { Port = proxy.Port };
        await using var cut = await PostgreSqlHarness.OpenAsync(through.ConnectionString, Window, TimeProvider.System, ownsDatabase: false);
        var sent = Some.Event(key: Some.Key(1));

        proxy.CutsCommits = true;
        await Assert.ThrowsAsync<InboxUnavailableException>(() => cut.AppendAsync(sent));
        proxy.CutsCommits = false;
        var again = await cut.AppendAsync(sent);

        Assert.True(again.IsRepeat);
        Assert.Equal(again.Sequence, Assert.Single(await store.AllAsync()).Sequence);
    }

    [Theory]
    [InlineData("event_body", false)]
    [InlineData("event_body", true)]
    [InlineData("COMMIT\0", true)]
    public async Task Leases_of_a_lost_connection_are_given_back_before_they_end(string cutAt, bool isGone)
    {
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, new TwoClocks());
        await using var proxy = DatabaseProxy.Start((await PostgreSqlServers.GetAsync()).Port);
        var through = new Npgsql.NpgsqlConnectionStringBuilder(store.ConnectionString) { Port = proxy.Port };
        await using var cut = await PostgreSqlHarness.OpenAsync(through.ConnectionString, Window, store.Time, ownsDatabase: false);
        var endpoint = await store.CreateAsync();
        long[] sequences = [await store.AppendAsync(1), await store.AppendAsync(2)];
        await store.DispatchAllAsync();

        // The transaction that leases is committed; its answer, or the events, are lost.
        var isCut = false;
        proxy.Cuts = request => (isCut |= request.Contains(cutAt, StringComparison.Ordinal))
            && (isGone || request.Contains(cutAt, StringComparison.Ordinal));
        await Assert.ThrowsAsync<InboxUnavailableException>(() => cut.LeaseAsync(endpoint));
        proxy.Cuts = null;
        if (isGone)
        {
            Assert.Empty(await store.LeaseAsync(endpoint));
            await cut.Queue.ExpireLeasesAsync();
        }

        var leases = await store.LeaseAsync(endpoint);
        Assert.Equal(sequences, leases.Select(lease => lease.Event.Sequence));
        Assert.All(leases, lease => Assert.Equal(1, lease.Attempt));
    }

    [Fact]
    public async Task Outcome_that_a_crash_of_the_server_has_undone_is_stored_again()
    {
        // Only a commit that waits for it is written to disk.
        await using var server = await PostgreSqlServer.StartAsync("fsync=on", "wal_writer_delay=10s", "bgwriter_delay=10s");
        await using var store = await PostgreSqlHarness.OpenAsync(
            await server.CreateDatabaseAsync(), Window, TimeProvider.System, ownsDatabase: false);
        var endpoint = await store.CreateAsync();
        await store.AppendAsync(1);
        await store.DispatchAllAsync();
        var lease = Assert.Single(await store.LeaseAsync(endpoint));
        await store.AppendAsync(2);
        await store.SettleAsync(lease, DeliveryState.Delivered);

        await server.RestartAsync();

        Assert.Equal(DeliveryState.Leased, Assert.Single(await store.DeliveriesAsync(endpoint)).State);
        await store.Queue.ExpireLeasesAsync();
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await store.DeliveriesAsync(endpoint)).State);
        Assert.Single(await store.Deliveries.AttemptsAsync(lease.DeliveryId, Cancel));
    }

    [Fact]
    public async Task Node_that_stops_in_the_middle_of_an_append_does_not_keep_others_from_appending()
    {
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, TimeProvider.System);
        await using var second = (await store.OpenSecondAsync())!;
        using var goesOn = new ManualResetEventSlim();
        using var isStopped = new ManualResetEventSlim();
        var attempts = 0;
        var stopped = store.Writer.RunAsync(session =>
        {
            session.LockAppend();
            if (++attempts == 1)
            {
                isStopped.Set();
                goesOn.Wait(Cancel);
            }

            return session.NewestEvent;
        });
        isStopped.Wait(Cancel);

        await second.AppendAsync(Some.Event()).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        goesOn.Set();

        // The server has rolled back, so the work runs again, and sees what was stored meanwhile.
        Assert.Equal(1, await stopped);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Lease_of_a_leader_that_is_gone_is_taken_over_when_it_has_ended()
    {
        await using var first = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, TimeProvider.System);
        await using var second = (PostgreSqlHarness)(await first.OpenSecondAsync())!;
        await using var one = new PostgreSqlLeadership(first.Writer, TimeProvider.System);
        await using var other = new PostgreSqlLeadership(second.Writer, TimeProvider.System);

        await one.RenewAsync();
        await other.RenewAsync();
        Assert.Equal((true, false), (one.IsLeader, other.IsLeader));

        await (await PostgreSqlServers.GetAsync()).ExecuteAsync(
            "UPDATE leader SET until = clock_timestamp() - interval '1 second'",
            new Npgsql.NpgsqlConnectionStringBuilder(first.ConnectionString).Database!);
        await other.RenewAsync();
        await one.RenewAsync();
        Assert.Equal((false, true), (one.IsLeader, other.IsLeader));
    }

    [Fact]
    public async Task Leader_that_stops_is_followed_at_once()
    {
        await using var first = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, TimeProvider.System);
        await using var second = (PostgreSqlHarness)(await first.OpenSecondAsync())!;
        await using var other = new PostgreSqlLeadership(second.Writer, TimeProvider.System);
        await using (var one = new PostgreSqlLeadership(first.Writer, TimeProvider.System))
        {
            await one.RenewAsync();
            await other.RenewAsync();
            Assert.False(other.IsLeader);
        }

        await other.RenewAsync();
        Assert.True(other.IsLeader);
    }

    [Fact]
    public async Task Text_that_postgresql_cannot_store_is_replaced_and_the_bytes_are_kept()
    {
        await using var store = (PostgreSqlHarness)await PostgreSqlHarness.CreateAsync(Window, TimeProvider.System);
        var sent = Some.Event();
        sent = sent with { EventType = "a\0b", Facts = sent.Facts with { Title = "x\0y\ud800z", CustomerEmail = "a\0@b" } };

        await store.AppendAsync(sent);

        var stored = Assert.Single(await store.AllAsync());
        Assert.Equal(("a\ufffdb", "x\ufffdy\ufffdz"), (stored.EventType, stored.Facts.Title));
        Assert.Equal(sent.Body.ToArray(), (await store.History.ReadAsync(stored.Id, Cancel))!.Body);
    }

    [Fact]
    public async Task Nothing_is_listed_where_no_delivery_is_pending()
    {
        await using var store = await PostgreSqlHarness.CreateAsync(Window, TimeProvider.System);
        var endpoint = await store.CreateAsync();

        Assert.Empty(await store.DeliveriesAsync(endpoint, DeliveryState.Pending));
        Assert.Empty(await store.DeliveriesAsync(state: DeliveryState.Pending));
        Assert.Empty(await store.DeliveriesAsync(state: DeliveryState.Leased));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_create_the_tables_once()
    {
        var connectionString = await PostgreSqlServers.CreateAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => Task.Run(() =>
            PostgreSqlHarness.OpenAsync(connectionString, Window, TimeProvider.System, ownsDatabase: node == 0))));
        await using var owner = nodes[0];
        foreach (var node in nodes)
        {
            await node.AppendAsync(Some.Event());
        }

        Assert.Equal(4, (await nodes[3].AllAsync()).Count);
        foreach (var node in nodes.Skip(1))
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Time_and_ids_of_events_come_from_the_database()
    {
        var connectionString = await PostgreSqlServers.CopyStoreAsync();
        await using var store = await PostgreSqlHarness.OpenAsync(connectionString, Window, TimeProvider.System, hasOwnClock: true);
        var sent = Some.Event();

        await store.AppendAsync(sent);

        var stored = Assert.Single(await store.AllAsync());
        Assert.NotEqual(sent.Id, stored.Id);
        Assert.InRange(stored.ReceivedAt, TimeProvider.System.GetUtcNow().AddMinutes(-10), TimeProvider.System.GetUtcNow().AddMinutes(10));
    }
}
