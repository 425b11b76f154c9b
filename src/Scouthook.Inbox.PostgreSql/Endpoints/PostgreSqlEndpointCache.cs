using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The endpoints and their positions as one transaction sees them.</summary>
/// <remarks>Leasing and settling need a single endpoint, and then read only that.</remarks>
internal sealed class PostgreSqlEndpointCache(PostgreSqlSession session)
{
    private const string Living = $"{EndpointRow.Select} WHERE e.deleted_at IS NULL AND ";
    private const string OneByRow = Living + "e.endpoint_id = $1";
    private const string OneById = Living + "e.id = $1";

    private readonly Dictionary<Guid, (long Row, WebhookEndpoint Endpoint)?> _single = [];
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

    public WebhookEndpoint? Find(Guid id) => One(id)?.Endpoint;

    public WebhookEndpoint? Find(long row)
    {
        if (_byRow is not null)
        {
            return _byRow.GetValueOrDefault(row);
        }

        if (_single.Values.FirstOrDefault(known => known?.Row == row) is { } found)
        {
            return found.Endpoint;
        }

        var read = ReadOne(OneByRow, row);
        if (read is { } one)
        {
            _single[one.Endpoint.Id] = one;
        }

        return read?.Endpoint;
    }

    /// <summary>Reads an endpoint together with other statements, to be found afterwards.</summary>
    public void Read(PostgreSqlBatch batch, long row) => batch.Add(
        rows =>
        {
            if (rows.Read())
            {
                var one = EndpointRow.Read(rows);
                _single[one.Endpoint.Id] = one;
            }
        },
        OneByRow,
        row);

    /// <summary>Returns the row number of an endpoint that has not been deleted.</summary>
    public long? RowOf(Guid id) => One(id)?.Row;

    /// <summary>Replaces an endpoint that a statement has just written.</summary>
    public void Replace(WebhookEndpoint endpoint)
    {
        if (_byRow is not null)
        {
            _byRow[_rows[endpoint.Id]] = endpoint;
        }
        else if (One(endpoint.Id) is { } known)
        {
            _single[endpoint.Id] = known with { Endpoint = endpoint };
        }
    }

    public void Forget()
    {
        _byRow = null;
        _recipients = null;
        _single.Clear();
    }

    private (long Row, WebhookEndpoint Endpoint)? One(Guid id)
    {
        if (_byRow is not null)
        {
            return _rows.TryGetValue(id, out var row) ? (row, _byRow[row]) : null;
        }

        if (!_single.TryGetValue(id, out var known))
        {
            _single.Add(id, known = ReadOne(OneById, id));
        }

        return known;
    }

    private (long Row, WebhookEndpoint Endpoint)? ReadOne(string sql, object value)
    {
        using var rows = session.Statement(sql).Read(value);
        return rows.Read() ? EndpointRow.Read(rows) : null;
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
