using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Caches the endpoints and their positions for the writer.</summary>
/// <remarks>
/// All code that changes an endpoint runs on the one writer and calls <see cref="Forget"/>, and so does every rollback;
/// so the cache equals what the next transaction would read.
/// </remarks>
internal sealed class SqliteEndpointCache(SqliteSession session)
{
    private Dictionary<long, WebhookEndpoint>? _byRow;
    private Dictionary<Guid, long> _rows = [];
    private Dictionary<Guid, long> _positions = [];
    private EventRecipients? _recipients;

    /// <summary>All endpoints, in order of creation.</summary>
    public IReadOnlyCollection<WebhookEndpoint> All => Load().Values;

    public EventRecipients Recipients => _recipients ??= new EventRecipients(All);

    /// <summary>The dispatch positions, by the id of the endpoint.</summary>
    public Dictionary<Guid, long> Positions
    {
        get
        {
            Load();
            return _positions;
        }
    }

    public WebhookEndpoint? Find(Guid id) => RowOf(id) is { } row ? Find(row) : null;

    public WebhookEndpoint? Find(long row) => Load().GetValueOrDefault(row);

    /// <summary>Returns the row number of an endpoint that has not been deleted.</summary>
    public long? RowOf(Guid id)
    {
        Load();
        return _rows.TryGetValue(id, out var row) ? row : null;
    }

    /// <summary>
    /// Replaces an endpoint that a statement has just written, where nothing relevant to dispatch has changed.
    /// </summary>
    public void Replace(WebhookEndpoint endpoint) => Load()[_rows[endpoint.Id]] = endpoint;

    public void Forget()
    {
        _byRow = null;
        _recipients = null;
    }

    private Dictionary<long, WebhookEndpoint> Load()
    {
        if (_byRow is null)
        {
            _byRow = [];
            _rows = [];
            using var rows = session.Statement(EndpointRow.Select + " WHERE e.deleted_at IS NULL ORDER BY e.endpoint_id").Read();
            while (rows.Read())
            {
                var (row, endpoint) = EndpointRow.Read(rows);
                _byRow.Add(row, endpoint);
                _rows.Add(endpoint.Id, row);
            }

            _positions = _byRow.Values.ToDictionary(endpoint => endpoint.Id, endpoint => endpoint.DispatchedThrough);
        }

        return _byRow;
    }
}
