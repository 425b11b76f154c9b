using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores the endpoints of one SQLite file.</summary>
internal sealed class SqliteEndpointStore(SqliteWriter writer, SqliteReader reader) : IEndpointStore
{
    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<WebhookEndpoint>>(connection => Read(connection, "WHERE e.deleted_at IS NULL"), cancellationToken);

    public Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        connection => Read(connection, "WHERE e.deleted_at IS NULL AND e.id = @id", ("@id", id.ToByteArray(bigEndian: true))).SingleOrDefault(),
        cancellationToken);

    public Task<EndpointResult> CreateAsync(
        EndpointDefinition definition,
        byte[]? secrets,
        StartPosition start,
        DateTimeOffset now,
        Func<WebhookEndpoint, AuditEntry>? audit = null) => writer.RunAsync(session =>
        {
            if (ByName(session, definition.Name) is not null)
            {
                return new EndpointResult(EndpointOutcome.NameTaken);
            }

            var created = SqliteEndpointWrites.Insert(session, definition, secrets, EndpointOrigin.Api, start, now);
            SqliteAudit.Add(session, audit?.Invoke(created));
            return new EndpointResult(EndpointOutcome.Done, created);
        });

    public Task<IReadOnlyList<string>> DeclareAsync(
        EndpointOrigin origin,
        IReadOnlyList<DesiredEndpoint> declared,
        string goneReason,
        DateTimeOffset now,
        Func<WebhookEndpoint?, WebhookEndpoint, AuditEntry?>? audit = null) =>
        writer.RunAsync<IReadOnlyList<string>>(session =>
        {
            var before = session.Endpoints.All.ToDictionary(endpoint => endpoint.Id);
            var taken = declared
                .Where(declaration => !TryDeclare(session, origin, declaration, now))
                .Select(declaration => declaration.Definition.Name)
                .ToList();
            var names = declared.Select(declaration => declaration.Definition.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var gone in session.Endpoints.All
                .Where(endpoint => endpoint.Origin == origin && !names.Contains(endpoint.Name) && MayDisable(endpoint))
                .ToList())
            {
                SqliteEndpointWrites.Undeclare(session, gone, goneReason, now);
            }

            foreach (var endpoint in session.Endpoints.All.Where(endpoint => endpoint.Origin == origin).ToList())
            {
                SqliteAudit.Add(session, audit?.Invoke(before.GetValueOrDefault(endpoint.Id), endpoint));
            }

            return taken;
        });

    public Task<EndpointResult> ChangeAsync(
        Guid id,
        Func<EndpointDefinition, EndpointDefinition> change,
        DateTimeOffset now,
        Func<WebhookEndpoint, WebhookEndpoint, AuditEntry>? audit = null) => writer.RunAsync(session =>
        {
            if (Editable(session, id, out var endpoint) is { } refused)
            {
                return refused;
            }

            var definition = change(endpoint!.Definition);
            if (ByName(session, definition.Name) is { } other && other.Id != id)
            {
                return new EndpointResult(EndpointOutcome.NameTaken, endpoint);
            }

            SqliteEndpointWrites.Update(session, endpoint, definition, now);
            var changed = session.Endpoints.Find(id)!;
            SqliteAudit.Add(session, audit?.Invoke(endpoint, changed));
            return new EndpointResult(EndpointOutcome.Done, changed);
        });

    public Task<EndpointResult> ChangeSecretsAsync(
        Guid id, Func<WebhookEndpoint, SecretsChange> change, AuditEntry? audit = null) => writer.RunAsync(session =>
        {
            if (session.Endpoints.Find(id) is not { } endpoint)
            {
                return new EndpointResult(EndpointOutcome.NotFound);
            }

            var decided = change(endpoint);
            if (decided is not { Outcome: EndpointOutcome.Done, Secrets: { } secrets })
            {
                return new EndpointResult(decided.Outcome, endpoint);
            }

            SqliteEndpointWrites.SetSecrets(session, endpoint.RowId, secrets);
            SqliteAudit.Add(session, audit);
            return new EndpointResult(EndpointOutcome.Done, session.Endpoints.Find(id));
        });

    public async Task<EndpointResult> DeleteAsync(
        Guid id, DateTimeOffset now, Func<WebhookEndpoint, AuditEntry>? audit = null)
    {
        var result = await writer.RunAsync(session =>
        {
            if (Editable(session, id, out var endpoint) is { } refused)
            {
                return refused;
            }

            SqliteEndpointWrites.Remove(session, endpoint!, now);
            SqliteAudit.Add(session, audit?.Invoke(endpoint!));
            return new EndpointResult(EndpointOutcome.Done, endpoint);
        });
        if (result is { Outcome: EndpointOutcome.Done, Endpoint: { } deleted })
        {
            await DiscardAsync(deleted.RowId, now);
        }

        return result;
    }

    public async Task<EndpointResult> SetStateAsync(
        Guid id, EndpointState state, string? reason, DateTimeOffset now, AuditEntry? audit = null)
    {
        var result = await writer.RunAsync(session =>
        {
            if (session.Endpoints.Find(id) is not { } endpoint)
            {
                return new EndpointResult(EndpointOutcome.NotFound);
            }

            if (endpoint.State == state)
            {
                return new EndpointResult(EndpointOutcome.Unchanged, endpoint);
            }

            SqliteEndpointWrites.SetState(session, endpoint, state, reason, now);
            SqliteAudit.Add(session, audit);
            return new EndpointResult(EndpointOutcome.Done, session.Endpoints.Find(id));
        });
        if (state is EndpointState.Enabled && result.Endpoint is { } enabled)
        {
            await MakeDueAsync(enabled.RowId, now);
        }

        return result;
    }

    public async Task<EndpointResult> RetryAsync(Guid id, DateTimeOffset now, AuditEntry? audit = null)
    {
        var result = await writer.RunAsync(session =>
        {
            var endpoint = session.Endpoints.Find(id);
            var outcome = endpoint switch
            {
                null => EndpointOutcome.NotFound,
                { State: not EndpointState.Enabled } => EndpointOutcome.NotEnabled,
                _ => EndpointOutcome.Done,
            };
            if (outcome is EndpointOutcome.Done)
            {
                SqliteAudit.Add(session, audit);
            }

            return new EndpointResult(outcome, endpoint);
        });
        if (result is { Outcome: EndpointOutcome.Done, Endpoint: { } enabled })
        {
            await MakeDueAsync(enabled.RowId, now);
        }

        return result;
    }

    /// <summary>Makes pending deliveries due in small steps, as there may be many.</summary>
    private async Task MakeDueAsync(long endpoint, DateTimeOffset now)
    {
        while (await writer.RunAsync(session => SqliteDelivery.MakeSomeDue(session, endpoint, now, restartsSchedule: true)))
        {
        }
    }

    /// <returns><see langword="false"/> if the name belongs to an endpoint of another origin or kind.</returns>
    private static bool TryDeclare(
        SqliteSession session, EndpointOrigin origin, DesiredEndpoint declaration, DateTimeOffset now)
    {
        var definition = declaration.Definition;
        var existing = ByName(session, definition.Name);
        if (existing is not null && (existing.Origin != origin || existing.Definition.Kind != definition.Kind))
        {
            return false;
        }

        var secrets = declaration.Secrets?.Invoke(existing) ?? default;
        if (existing is null)
        {
            if (secrets.Outcome is EndpointOutcome.SecretsUnreadable)
            {
                return true;
            }

            existing = SqliteEndpointWrites.Insert(session, definition, secrets.Secrets, origin, declaration.Start, now);
        }
        else
        {
            SqliteEndpointWrites.Update(session, existing, definition, now);
            if (secrets is { Outcome: EndpointOutcome.Done, Secrets: { } changed })
            {
                SqliteEndpointWrites.SetSecrets(session, existing.RowId, changed);
            }

            if (existing.UndeclaredFrom is { } before)
            {
                SqliteEndpointWrites.Redeclare(session, existing, before, now);
            }
        }

        if (existing.IsSecretDeclared != declaration.IsSecretDeclared)
        {
            SqliteEndpointWrites.SetSecretDeclared(session, existing.RowId, declaration.IsSecretDeclared);
        }

        return true;
    }

    /// <summary>
    /// An endpoint no longer declared can be resumed by an operator, but a handler that is not registered would fail
    /// every attempt.
    /// </summary>
    private static bool MayDisable(WebhookEndpoint endpoint) => endpoint.IsDeclared
        || endpoint is { Definition.Kind: EndpointKind.Handler, State: not EndpointState.Disabled };

    /// <returns>Why the endpoint cannot be edited through the API, or <see langword="null"/>.</returns>
    private static EndpointResult? Editable(SqliteSession session, Guid id, out WebhookEndpoint? endpoint)
    {
        endpoint = session.Endpoints.Find(id);
        return endpoint switch
        {
            null => new EndpointResult(EndpointOutcome.NotFound),
            { IsDeclared: true } => new EndpointResult(EndpointOutcome.Declared, endpoint),
            _ => null,
        };
    }

    /// <summary>Discards the pending deliveries of a deleted endpoint in small steps, as there may be many.</summary>
    private async Task DiscardAsync(long endpoint, DateTimeOffset now)
    {
        try
        {
            while (await writer.RunAsync(session => SqliteEndpointWrites.DiscardSome(session, endpoint, now)))
            {
            }
        }
        catch (InboxUnavailableException)
        {
            // The endpoint is deleted, as requested. The periodic check for expired leases discards the rest.
        }
    }

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
