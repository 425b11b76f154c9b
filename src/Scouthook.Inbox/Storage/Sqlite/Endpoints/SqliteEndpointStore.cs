using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores the endpoints of one SQLite file.</summary>
internal sealed class SqliteEndpointStore(SqliteWriter writer, SqliteReader reader) : IEndpointStore
{
    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<WebhookEndpoint>>(connection => Read(connection, "WHERE e.deleted_at IS NULL"), cancellationToken);

    public Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        connection => Read(connection, "WHERE e.deleted_at IS NULL AND e.id = ?1", id.ToByteArray(bigEndian: true)).SingleOrDefault(),
        cancellationToken);

    public async Task<T> ChangeAsync<T>(Func<EndpointChanges, T> change)
    {
        var (result, due, removed) = await writer.RunAsync(session =>
        {
            // Looked up before the change, which may remove some.
            var rows = session.Endpoints.All.ToDictionary(endpoint => endpoint.Id, endpoint => session.Endpoints.RowOf(endpoint.Id)!.Value);
            var changes = SqliteEndpointWrites.Begin(session);
            var outcome = change(changes);
            SqliteEndpointWrites.Write(session, changes);
            return (
                outcome,
                changes.Due.Where(rows.ContainsKey).Select(id => rows[id]).ToList(),
                changes.Removed.Select(endpoint => rows[endpoint.Id]).ToList());
        });

        // In small steps, as there may be many.
        foreach (var endpoint in due)
        {
            while (await writer.RunAsync(session => SqliteDelivery.MakeSomeDue(session, endpoint, restartsSchedule: true)))
            {
            }
        }

        foreach (var endpoint in removed)
        {
            await DiscardAsync(endpoint);
        }

        return result;
    }

    private async Task DiscardAsync(long endpoint)
    {
        try
        {
            while (await writer.RunAsync(session => SqliteDelivery.DiscardSome(session, endpoint)))
            {
            }
        }
        catch (InboxUnavailableException)
        {
            // The endpoint is deleted, as requested. The periodic check for expired leases discards the rest.
        }
    }

    private static List<WebhookEndpoint> Read(
        SqliteConnection connection, string condition, params ReadOnlySpan<object?> values)
    {
        using var statement = new SqliteStatement(connection, $"{EndpointRow.Select} {condition} ORDER BY e.endpoint_id");
        using var rows = statement.Read(values);
        var endpoints = new List<WebhookEndpoint>();
        while (rows.Read())
        {
            endpoints.Add(EndpointRow.Read(rows).Endpoint);
        }

        return endpoints;
    }
}
