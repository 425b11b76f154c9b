using Npgsql;
using Scouthook.TestSupport.Databases;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

// The suites of receiving, leasing and settling, through PgBouncer in transaction mode.

public sealed class PooledInboxTests(PooledServer pooled) : InboxContract, IClassFixture<PooledServer>
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        pooled.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PooledLeaseTests(PooledServer pooled) : LeaseContract, IClassFixture<PooledServer>
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        pooled.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PooledNodesTests(PooledServer pooled) : NodesContract, IClassFixture<PooledServer>
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        pooled.CreateAsync(repeatWindow, timeProvider);
}

/// <summary>A server behind a pooler, for the tests of one class.</summary>
public sealed class PooledServer : IAsyncLifetime
{
    private PostgreSqlServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PostgreSqlServer.StartPooledAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal async Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        var direct = new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync());
        direct.Port = _server.PoolerPort!.Value;
        return await PostgreSqlHarness.OpenAsync(direct.ConnectionString, repeatWindow, timeProvider, ownsDatabase: false);
    }
}
