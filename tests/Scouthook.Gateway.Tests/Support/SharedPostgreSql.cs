using Npgsql;
using Scouthook.TestSupport.Databases;

[assembly: AssemblyFixture(typeof(Scouthook.Gateway.Tests.Support.SharedPostgreSql))]

namespace Scouthook.Gateway.Tests.Support;

/// <summary>The server of all tests that do not stop it, with a pooler, started by the first that needs it.</summary>
public sealed class SharedPostgreSql : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static PostgreSqlServer? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    /// <summary>Creates an empty database.</summary>
    internal static async Task<string> CreateAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return await (_server ??= await PostgreSqlServer.StartPooledAsync()).CreateDatabaseAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    internal static Task ExecuteAsync(string connectionString, string sql) =>
        _server!.ExecuteAsync(sql, new NpgsqlConnectionStringBuilder(connectionString).Database!);

    /// <summary>The same database, through the pooler in transaction mode.</summary>
    internal static string Pooled(string connectionString) => Through(connectionString, _server!.PoolerPort!.Value);

    /// <summary>The same database, through another port.</summary>
    internal static string Through(string connectionString, int port) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = port }.ConnectionString;

    /// <param name="port">Where to listen; 0 for any port.</param>
    internal static DatabaseProxy StartProxy(int port = 0) => DatabaseProxy.Start(_server!.Port, port);

    /// <summary>The setup of a node on a database.</summary>
    internal static GatewaySetup Node(Folder folder, string name, string connectionString) =>
        new GatewaySetup { Folder = folder.Path, Data = name }
            .Delivering()
            .With("Scouthook:Receiver:CommitTimeout", "60s")
            .With("Scouthook:Inbox:Store", "PostgreSql")
            .With("Scouthook:Inbox:PostgreSql:ConnectionString", connectionString);
}
