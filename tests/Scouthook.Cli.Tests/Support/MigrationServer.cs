using Scouthook.TestSupport.Databases;

namespace Scouthook.Cli.Tests.Support;

/// <summary>The server to which the tests of a class move their stores, each to a database of its own.</summary>
public sealed class MigrationServer : IAsyncLifetime
{
    private PostgreSqlServer? _server;

    internal PostgreSqlServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await PostgreSqlServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
