using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores the endpoints of a PostgreSQL database.</summary>
internal sealed class PostgreSqlEndpointStore(PostgreSqlWriter writer, PostgreSqlReader reader) : IEndpointStore
{
    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<WebhookEndpoint>>(connection => Read(connection, "WHERE e.deleted_at IS NULL"), cancellationToken);

    public Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        connection => Read(connection, "WHERE e.deleted_at IS NULL AND e.id = $1", id).SingleOrDefault(),
        cancellationToken);

    public async Task<T> ChangeAsync<T>(Func<EndpointChanges, T> change)
    {
        var (result, due, removed) = await writer.RunAsync(session =>
        {
            // Looked up before the change, which may remove some.
            session.LockBulk();
            var rows = session.Endpoints.All.ToDictionary(endpoint => endpoint.Id, endpoint => session.Endpoints.RowOf(endpoint.Id)!.Value);
            var changes = PostgreSqlEndpointWrites.Begin(session);
            var outcome = change(changes);
            PostgreSqlEndpointWrites.Write(session, changes);
            return (
                outcome,
                changes.Due.Where(rows.ContainsKey).Select(id => rows[id]).ToList(),
                changes.Removed.Select(endpoint => rows[endpoint.Id]).ToList());
        });

        // In small steps, as there may be many.
        foreach (var endpoint in due)
        {
            while (await writer.RunRelaxedAsync(session => PostgreSqlDelivery.MakeSomeDue(session, endpoint, restartsSchedule: true)))
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
            while (await writer.RunRelaxedAsync(session => PostgreSqlDelivery.DiscardSome(session, endpoint)))
            {
            }
        }
        catch (InboxUnavailableException)
        {
            // The endpoint is deleted, as requested. The periodic check for expired leases discards the rest.
        }
    }

    private static List<WebhookEndpoint> Read(
        NpgsqlConnection connection, string condition, params ReadOnlySpan<object?> values)
    {
        using var rows = new PostgreSqlStatement(
            connection, null, $"{EndpointRow.Select} {condition} ORDER BY e.endpoint_id").Read(values);
        var endpoints = new List<WebhookEndpoint>();
        while (rows.Read())
        {
            endpoints.Add(EndpointRow.Read(rows).Endpoint);
        }

        return endpoints;
    }
}
