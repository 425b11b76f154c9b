using System.Collections.Concurrent;
using Npgsql;
using Scouthook.Inbox.PostgreSql;
using Scouthook.TestSupport.Databases;

[assembly: AssemblyFixture(typeof(Scouthook.Inbox.Tests.Storage.PostgreSql.PostgreSqlServers))]

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>The server that all tests of this project share, with a pooler, started by the first that needs it.</summary>
public sealed class PostgreSqlServers : IAsyncLifetime
{
    private const string Template = "scouthook_template";

    /// <summary>Empties every table but that of the identity, and restarts all numbers.</summary>
    /// <remarks>
    /// Most tables are empty, and few rows are deleted much faster than a table is truncated, which gives it and each of its
    /// indexes a new file. The locks wait for what a node that was cut off still does.
    /// </remarks>
    private const string Empty =
        """
        DO $$ DECLARE name text; size bigint; BEGIN
          EXECUTE (SELECT 'LOCK ' || string_agg(quote_ident(relname), ', ' ORDER BY relname)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r');
          PERFORM set_config('session_replication_role', 'replica', true); -- No checks of foreign keys.
          FOR name, size IN SELECT quote_ident(relname), pg_table_size(oid)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'store' AND pg_relation_size(oid) > 0
          LOOP
            IF size > 500000 THEN
              EXECUTE 'TRUNCATE ' || name || ' CASCADE';
            ELSE
              EXECUTE 'DELETE FROM ' || name;
            END IF;
          END LOOP;
          PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
        END $$;
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
                var server = await PostgreSqlServer.StartPooledAsync();
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
        // A connection of the pool: the next test that returns this copy uses it again.
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(Empty, connection);
            await command.ExecuteNonQueryAsync();
        }

        Emptied.Add(connectionString);
    }

    /// <summary>The same database, through PgBouncer in transaction mode.</summary>
    internal static string Pooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = _server!.PoolerPort!.Value }.ConnectionString;

    /// <summary>Creates an empty database.</summary>
    internal static async Task<string> CreateAsync() => await (await GetAsync()).CreateDatabaseAsync();
}
