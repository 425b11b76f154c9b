using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Npgsql;
using Scouthook.TestSupport.Databases;

namespace Scouthook.Cli.Tests.Support;

/// <summary>A gateway that first runs on a SQLite store, and then on the database to which <c>scouthook migrate</c> moved it.</summary>
internal sealed class MovedGateway : IAsyncDisposable
{
    private readonly Folder _folder = new();
    private string? _adminKey;

    private MovedGateway(Sink sink, string connectionString)
    {
        Sink = sink;
        ConnectionString = connectionString;
    }

    public Sink Sink { get; }

    public string ConnectionString { get; }

    public GatewaySetup Setup => new GatewaySetup { Folder = _folder.Path, AdminKey = null }.Delivering(attempts: 2);

    public GatewayProcess? Gateway { get; private set; }

    public HttpClient Client => Gateway!.Client;

    public string AdminKey => _adminKey!;

    public string Api => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Gateway!.ManagementPort}");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<MovedGateway> StartAsync(PostgreSqlServer server)
    {
        var moved = new MovedGateway(await Sink.StartAsync(), await server.CreateDatabaseAsync());
        await moved.StartOnAsync(moved.Setup);
        return moved;
    }

    /// <summary>Starts the gateway on the database, with the same data directory.</summary>
    public Task StartOnDatabaseAsync() => StartOnAsync(Setup
        .With("Scouthook:Inbox:Store", "PostgreSql")
        .With("Scouthook:Inbox:PostgreSql:ConnectionString", ConnectionString));

    /// <summary>Runs the gateway on the database, where it is expected to exit by itself.</summary>
    public Task<(int ExitCode, string Output)> TryOnDatabaseAsync() => GatewayProcess.RunAsync(Setup
        .With("Scouthook:Inbox:Store", "PostgreSql")
        .With("Scouthook:Inbox:PostgreSql:ConnectionString", ConnectionString));

    public async Task KillAsync()
    {
        await Gateway!.KillAsync();
        await Gateway.DisposeAsync();
        Gateway = null;
    }

    public ScouthookProcess StartMigrating(params string[] arguments) => ScouthookProcess.Start(
        ["migrate", "--from", Setup.DataPath, .. arguments], ("SCOUTHOOK_CONNECTION", ConnectionString));

    public async Task<Finished> MigrateAsync(params string[] arguments)
    {
        await using var tool = StartMigrating(arguments);
        while (tool.IsRunning)
        {
            await Eventually.PauseAsync();
        }

        return await tool.EndAsync();
    }

    /// <summary>Starts a migration, and sends it a signal when it has copied some of the bodies of events.</summary>
    public async Task<Finished> MigrateUntilAsync(string signal, int bodies)
    {
        await using var tool = StartMigrating();
        while (tool.IsRunning && await CopiedAsync() < bodies)
        {
            await Eventually.PauseAsync();
        }

        await tool.SignalAsync(signal);
        return await tool.EndAsync();
    }

    /// <summary>Reads everything that the API lists.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListsAsync()
    {
        var lists = new Dictionary<string, string>
        {
            ["events"] = Text(await Client.EventsAsync("limit=500")),
            ["operational"] = Text(await Client.EventsAsync("source=scouthook&limit=500")),
            ["deliveries"] = Text((await Client.DeliveriesAsync()).Select(WithoutNextAttempt)),
        };
        foreach (var name in new[] { "endpoints", "keys", "audit", "replays", "sources" })
        {
            lists[name] = (await Client.JsonAsync($"/api/v1/{name}")).ToJsonString();
        }

        return lists;
    }

    /// <summary>Runs a command of the management API.</summary>
    public Task<Finished> RunAsync(params string[] arguments) => ScouthookProcess.RunAsync(
        arguments, input: null, ("SCOUTHOOK_API", Api), ("SCOUTHOOK_KEY", AdminKey));

    /// <summary>Creates an endpoint that delivers to a path of the sink.</summary>
    public async Task<SinkPath> EndpointAsync(string name, string events = "*")
    {
        var path = Sink[name];
        await Client.PostJsonAsync(
            "endpoints", new { name, url = path.Url, events = new[] { events }, secret = SinkPath.DefaultSecret }, System.Net.HttpStatusCode.Created);
        return path;
    }

    public async Task<JsonNode> PostAsync(string endpoint, string action) =>
        await Client.PostJsonAsync($"endpoints/{(await Client.EndpointAsync(endpoint))["id"]}/{action}");

    public async Task<long> NumberAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancelled), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        await Sink.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>It is shown by the clock of a process, which differs from another one if the clock of the machine was set in between.</summary>
    private static JsonNode WithoutNextAttempt(JsonNode delivery)
    {
        delivery.AsObject().Remove("nextAttemptAt");
        return delivery;
    }

    private static string Text(IEnumerable<JsonNode> items) => string.Join('\n', items.Select(item => item.ToJsonString()));

    private async Task StartOnAsync(GatewaySetup setup)
    {
        Gateway = await GatewayProcess.StartAsync(setup);
        _adminKey ??= (await Gateway.LineAsync("admin key ")).Trim().Split(' ')[2];
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _adminKey);
    }

    private async Task<long> CopiedAsync() => await NumberAsync("SELECT count(*) FROM pg_tables WHERE tablename = 'unfinished_migration_table'") == 0
        ? 0
        : await NumberAsync("SELECT coalesce(sum(rows), 0) FROM unfinished_migration_table WHERE name = 'event_body'");
}
