using System.Collections.Concurrent;
using Npgsql;
using Scouthook.Inbox.PostgreSql;
using Scouthook.TestSupport.Databases;

[assembly: AssemblyFixture(typeof(Scouthook.Inbox.Tests.Storage.PostgreSql.PostgreSqlServers))]

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>The server that all tests of this project share, started by the first that needs it.</summary>
public sealed class PostgreSqlServers : IAsyncLifetime
{
    private const string Template = "scouthook_template";

    /// <summary>Empties every table but that of the identity, and restarts all numbers.</summary>
    private const string Empty =
        """
        DO $$ BEGIN
          EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(relname), ', ') || ' RESTART IDENTITY'
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'store');
        END $$;
        ALTER SEQUENCE event_sequence RESTART;
        """;

    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly ConcurrentBag<string> Emptied = [];
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

    /// <summary>Returns an empty store: one that a test has left, or a copy of the template.</summary>
    internal static async Task<string> CopyStoreAsync()
    {
        var server = await GetAsync();
        return Emptied.TryTake(out var left) ? left : await server.CreateDatabaseAsync(Template);
    }

    /// <summary>Takes back a copy of the template, for another test: emptying one is much faster than copying.</summary>
    internal static async Task ReturnStoreAsync(string connectionString)
    {
        await (await GetAsync()).ExecuteAsync(Empty, new NpgsqlConnectionStringBuilder(connectionString).Database!);
        Emptied.Add(connectionString);
    }

    /// <summary>Creates an empty database.</summary>
    internal static async Task<string> CreateAsync() => await (await GetAsync()).CreateDatabaseAsync();
}
