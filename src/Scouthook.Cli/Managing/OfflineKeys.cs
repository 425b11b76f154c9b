using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Cli.Managing;

/// <summary>Manages the keys in the store of a stopped gateway, for when every key is lost.</summary>
internal sealed class OfflineKeys : IDisposable
{
    private const string DatabaseName = "scouthook.db";

    // Anyone with write access to the data directory can do everything anyway.
    private static readonly Caller Caller = new("scouthook keys --data", ApiRole.Admin);

    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;
    private readonly SqliteAccessStore _store;
    private readonly KeyService _keys;

    private OfflineKeys(string file, TimeProvider timeProvider)
    {
        var adminKey = new AdminKey();
        adminKey.LoadStored(Path.GetDirectoryName(file)!);
        _database = new SqliteDatabase(file);
        _writer = new SqliteWriter(_database, new StoreSignal(), timeProvider);
        _store = new SqliteAccessStore(_writer, new SqliteReader(_database));
        _keys = new KeyService(_store, new AuditRecorder(_store, timeProvider), adminKey, timeProvider);
    }

    /// <summary>Opens the store of a data directory, runs an action, and closes it.</summary>
    /// <exception cref="UsageException">There is no store.</exception>
    /// <exception cref="ManagementException">The store cannot be used, for example because a gateway is running.</exception>
    public static async Task<T> InAsync<T>(string directory, TimeProvider timeProvider, Func<OfflineKeys, Task<T>> act)
    {
        var file = Path.GetFullPath(Path.Combine(directory, DatabaseName));
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no store at {file}. Pass the data directory of the gateway with --data.");
        }

        try
        {
            using var keys = new OfflineKeys(file, timeProvider);
            return await act(keys);
        }
        catch (Exception exception) when (
            exception is InboxRefusedException or InboxUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new ManagementException(exception.Message);
        }
    }

    public async Task<JsonObject> CreateAsync(string name, string role, DateTimeOffset? expiresAt)
    {
        var creation = await _keys.CreateAsync(Caller, name, role, expiresAt);
        return creation.Invalid is { } invalid
            ? throw new UsageException($"{invalid.Name}: {invalid.Detail}")
            : Json(creation.Key!);
    }

    public async Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellationToken)
    {
        // Only the writer locks the directory; without it a running gateway would go unnoticed.
        await _writer.RunAsync(_ => true);
        return [.. (await _keys.ListAsync(Caller, cancellationToken)).Select(Json)];
    }

    public Task<KeyOutcome> RevokeAsync(string id) => _keys.RevokeAsync(Caller, Guid.Parse(id));

    public void Dispose()
    {
        _writer.Dispose();
        _database.Dispose();
    }

    private static JsonObject Json(KeyView key) =>
        JsonSerializer.SerializeToNode(key, ManagementJsonContext.Default.KeyView)!.AsObject();
}
