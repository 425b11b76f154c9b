using Scouthook.Inbox.PostgreSql;
using Scouthook.TestSupport.Databases;

[assembly: AssemblyFixture(typeof(Scouthook.Inbox.Tests.Storage.PostgreSql.PostgreSqlServers))]

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>The server that all tests of this project share, started by the first that needs it.</summary>
public sealed class PostgreSqlServers : IAsyncLifetime
{
    private const string Template = "scouthook_template";

    private static readonly SemaphoreSlim Gate = new(1);
    private static PostgreSqlServer? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Returns the server, which has a template with the tables of a store.</summary>
    internal static async Task<PostgreSqlServer> GetAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (_server is null)
            {
                var server = await PostgreSqlServer.StartAsync();
                await server.ExecuteAsync($"CREATE DATABASE {Template}");
                using (var database = new PostgreSqlDatabase(server.ConnectionString(Template)))
                {
                    await database.Open().DisposeAsync();
                }

                _server = server;
            }

            return _server;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Copies a database with an empty store, which is faster than creating the tables.</summary>
    internal static async Task<string> CopyStoreAsync() => await (await GetAsync()).CreateDatabaseAsync(Template);

    /// <summary>Creates an empty database.</summary>
    internal static async Task<string> CreateAsync() => await (await GetAsync()).CreateDatabaseAsync();
}
