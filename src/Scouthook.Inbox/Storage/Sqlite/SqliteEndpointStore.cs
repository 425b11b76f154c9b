using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The endpoints of one SQLite file.</summary>
internal sealed class SqliteEndpointStore(SqliteWriter writer, SqliteReader reader) : IEndpointStore
{
    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<WebhookEndpoint>>(connection => Read(connection, "WHERE e.deleted_at IS NULL"), cancellationToken);

    public Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        connection => Read(connection, "WHERE e.deleted_at IS NULL AND e.id = @id", ("@id", id.ToByteArray(bigEndian: true))).SingleOrDefault(),
        cancellationToken);

    public Task<WebhookEndpoint?> CreateAsync(EndpointDefinition definition, StartPosition start, DateTimeOffset now) =>
        writer.RunAsync(session => ByName(session, definition.Name) is null
            ? SqliteEndpoints.Insert(session, definition, EndpointOrigin.Api, start, now)
            : null);

    public Task<IReadOnlyList<string>> DeclareAsync(
        EndpointOrigin origin, IReadOnlyList<EndpointDeclaration> declared, string goneReason, DateTimeOffset now) =>
        writer.RunAsync<IReadOnlyList<string>>(session =>
        {
            var taken = new List<string>();
            foreach (var declaration in declared)
            {
                var definition = declaration.Definition;
                var existing = ByName(session, definition.Name);
                if (existing is null)
                {
                    SqliteEndpoints.Insert(session, definition, origin, declaration.Start, now);
                }
                else if (existing.Origin != origin || existing.Definition.Kind != definition.Kind)
                {
                    taken.Add(definition.Name);
                }
                else
                {
                    SqliteEndpoints.Update(session, existing, definition, now);
                    if (existing.UndeclaredFrom is { } before)
                    {
                        SqliteEndpoints.SetState(session, existing, before, null, now);
                    }
                }
            }

            var names = declared.Select(it => it.Definition.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var gone in session.Endpoints.All
                .Where(endpoint => endpoint.Origin == origin
                    && endpoint.State is not EndpointState.Disabled
                    && !names.Contains(endpoint.Name))
                .ToList())
            {
                SqliteEndpoints.SetState(session, gone, EndpointState.Disabled, goneReason, now, undeclaredFrom: gone.State);
            }

            return taken;
        });

    public Task<bool> ChangeAsync(Guid id, EndpointDefinition definition, DateTimeOffset now) => writer.RunAsync(session =>
    {
        if (session.Endpoints.Find(id) is not { } endpoint
            || (ByName(session, definition.Name) is { } other && other.Id != id))
        {
            return false;
        }

        SqliteEndpoints.Update(session, endpoint, definition, now);
        return true;
    });

    public async Task<bool> DeleteAsync(Guid id, DateTimeOffset now)
    {
        var key = await writer.RunAsync(session => SqliteEndpoints.Remove(session, id, now));
        if (key is null)
        {
            return false;
        }

        // In small pieces: an endpoint that was away for long is owed much.
        while (await writer.RunAsync(session => SqliteEndpoints.DiscardSome(session, key.Value, now)))
        {
        }

        return true;
    }

    public Task<bool> SetStateAsync(Guid id, EndpointState state, string? reason, DateTimeOffset now) =>
        writer.RunAsync(session =>
        {
            if (session.Endpoints.Find(id) is not { } endpoint || endpoint.State == state)
            {
                return false;
            }

            SqliteEndpoints.SetState(session, endpoint, state, reason, now);
            return true;
        });

    public async Task MakeDueAsync(long endpoint, DateTimeOffset now)
    {
        while (await writer.RunAsync(session => SqliteDelivery.MakeSomeDue(session, endpoint, now)))
        {
        }
    }

    public Task<bool> SetSecretsAsync(Guid id, byte[] secrets) => writer.RunAsync(session =>
    {
        if (session.Endpoints.Find(id) is not { } endpoint)
        {
            return false;
        }

        session.Statement("UPDATE endpoint SET secrets = ?2 WHERE endpoint_id = ?1").Execute(endpoint.Key, secrets);
        SqliteEndpoints.Changed(session);
        return true;
    });

    private static WebhookEndpoint? ByName(SqliteSession session, string name) => session.Endpoints.All
        .FirstOrDefault(endpoint => endpoint.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<WebhookEndpoint> Read(
        SqliteConnection connection, string condition, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{SqliteEndpointRow.Select} {condition} ORDER BY e.endpoint_id";
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var rows = command.ExecuteReader();
        var endpoints = new List<WebhookEndpoint>();
        while (rows.Read())
        {
            endpoints.Add(SqliteEndpointRow.Read(rows));
        }

        return endpoints;
    }
}
