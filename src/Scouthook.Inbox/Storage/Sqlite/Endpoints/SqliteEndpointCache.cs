using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Caches the endpoints and their positions for the writer.</summary>
/// <remarks>
/// All code that changes an endpoint runs on the one writer and calls <see cref="Forget"/>, and so does every rollback;
/// so the cache equals what the next transaction would read.
/// </remarks>
internal sealed class SqliteEndpointCache(SqliteSession session)
{
    private const int MaxNames = 1_000;

    private readonly Dictionary<(string Name, bool IsOperational), List<WebhookEndpoint>> _byName = [];
    private Dictionary<long, WebhookEndpoint>? _all;
    private Dictionary<long, long>? _positions;

    public IReadOnlyCollection<WebhookEndpoint> All => Load().Values;

    /// <summary>The dispatch positions, by the row number of the endpoint.</summary>
    public Dictionary<long, long> Positions
    {
        get
        {
            Load();
            return _positions!;
        }
    }

    public WebhookEndpoint? Find(Guid id) => Load().Values.FirstOrDefault(endpoint => endpoint.Id == id);

    public WebhookEndpoint? Find(long key) => Load().GetValueOrDefault(key);

    /// <summary>
    /// Replaces an endpoint that a statement has just written, where nothing relevant to dispatch has changed.
    /// </summary>
    public void Replace(WebhookEndpoint endpoint) => Load()[endpoint.RowId] = endpoint;

    /// <summary>Returns the endpoints that subscribe to events of a name.</summary>
    public IReadOnlyList<WebhookEndpoint> WantingName(string eventType, bool isOperational)
    {
        if (_byName.TryGetValue((eventType, isOperational), out var known))
        {
            return known;
        }

        // Names come from outside and are unbounded.
        if (_byName.Count >= MaxNames)
        {
            _byName.Clear();
        }

        var wanting = Load().Values.Where(
            endpoint => Subscription.MatchesName(endpoint.Definition, eventType, isOperational)).ToList();
        _byName.Add((eventType, isOperational), wanting);
        return wanting;
    }

    public void Forget()
    {
        _all = null;
        _positions = null;
        _byName.Clear();
    }

    private Dictionary<long, WebhookEndpoint> Load()
    {
        if (_all is null)
        {
            _all = [];
            using var rows = session.Statement(SqliteEndpointRow.Select + " WHERE e.deleted_at IS NULL ORDER BY e.endpoint_id").Read();
            while (rows.Read())
            {
                var endpoint = SqliteEndpointRow.Read(rows);
                _all.Add(endpoint.RowId, endpoint);
            }

            _positions = _all.Values.ToDictionary(endpoint => endpoint.RowId, endpoint => endpoint.DispatchedThrough);
        }

        return _all;
    }
}
