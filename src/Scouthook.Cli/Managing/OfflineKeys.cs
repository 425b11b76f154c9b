using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Gateway.Managing;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Cli.Managing;

/// <summary>Makes a key in the store of a gateway that is not running, for when every key is lost.</summary>
internal static class OfflineKeys
{
    private const string DatabaseName = "scouthook.db";

    public static async Task<JsonObject> CreateAsync(
        string directory, string name, string role, DateTimeOffset? expiresAt, TimeProvider timeProvider)
    {
        var file = Path.GetFullPath(Path.Combine(directory, DatabaseName));
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no store {file}. Give the data directory of the gateway.");
        }

        using var database = new SqliteDatabase(file);
        using var writer = new SqliteWriter(database, new StoreSignal(), timeProvider);
        var store = new SqliteAccessStore(writer, new SqliteReader(database));
        var desk = new KeyDesk(store, new Audit(store, timeProvider), timeProvider);
        try
        {
            // Whoever may write to the data directory may do everything in any case.
            var caller = new Caller("scouthook keys --data", ApiRole.Admin);
            RoleNames.TryRead(role, out var parsed);
            var (key, text) = await desk.CreateAsync(caller, name, parsed, expiresAt);
            return new JsonObject { ["id"] = key.Id.ToString(), ["name"] = key.Name, ["role"] = role, ["key"] = text };
        }
        catch (Exception problem) when (problem is InboxRefusedException or InboxUnavailableException)
        {
            throw new UsageException(problem.Message);
        }
    }
}
