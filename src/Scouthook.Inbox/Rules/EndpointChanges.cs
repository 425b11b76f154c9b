using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The endpoints within a transaction, and the changes that rules make to them. The store then writes the changes.</summary>
/// <param name="endpoints">All endpoints, in order of creation.</param>
/// <param name="declarations">All declarations so far.</param>
/// <param name="node">The node that runs the change.</param>
/// <param name="now">The time of the store.</param>
/// <param name="positionOf">Finds the sequence before the first event from a starting position.</param>
internal sealed class EndpointChanges(
    IEnumerable<WebhookEndpoint> endpoints,
    IEnumerable<Declaration> declarations,
    NodeIdentity node,
    DateTimeOffset now,
    Func<StartPosition, long> positionOf)
{
    private readonly List<WebhookEndpoint> _all = [.. endpoints];
    private Dictionary<Guid, int>? _places;
    private Dictionary<string, WebhookEndpoint>? _byName;
    private readonly Dictionary<Guid, WebhookEndpoint?> _before = [];
    private readonly List<WebhookEndpoint> _removed = [];
    private readonly List<Declaration> _declarations = [.. declarations];
    private readonly List<Declaration> _declared = [];
    private readonly List<AuditEntry> _audit = [];
    private readonly List<NewEvent> _raised = [];
    private readonly HashSet<Guid> _due = [];

    public NodeIdentity Node => node;

    public DateTimeOffset Now => now;

    /// <summary>The endpoints, with the changes made so far.</summary>
    public IReadOnlyList<WebhookEndpoint> All => _all;

    /// <summary>The declarations, with the changes made so far.</summary>
    public IReadOnlyList<Declaration> Declarations => _declarations;

    /// <summary>The new endpoints.</summary>
    public IEnumerable<WebhookEndpoint> Added => _all.Where(endpoint => _before.TryGetValue(endpoint.Id, out var before) && before is null);

    /// <summary>The changed endpoints, as they were and as they are.</summary>
    public IEnumerable<(WebhookEndpoint Before, WebhookEndpoint After)> Changed => _all
        .Where(endpoint => _before.TryGetValue(endpoint.Id, out var before) && before is not null)
        .Select(endpoint => (_before[endpoint.Id]!, endpoint));

    /// <summary>The removed endpoints. Their pending deliveries are to be discarded.</summary>
    public IReadOnlyList<WebhookEndpoint> Removed => _removed;

    /// <summary>New and changed declarations.</summary>
    public IReadOnlyList<Declaration> Declared => _declared;

    /// <summary>Entries for the audit log.</summary>
    public IReadOnlyList<AuditEntry> Audit => _audit;

    /// <summary>Operational events to store.</summary>
    public IReadOnlyList<NewEvent> Raised => _raised;

    /// <summary>The endpoints whose pending deliveries become due, the oldest first, with a new schedule.</summary>
    public IReadOnlyCollection<Guid> Due => _due;

    /// <summary>Returns whether dead letters of a changed endpoint no longer block later deliveries.</summary>
    public static bool Unblocks(WebhookEndpoint before, WebhookEndpoint after) =>
        before.Definition.Ordering is EndpointOrdering.Strict && after.Definition.Ordering is not EndpointOrdering.Strict;

    public WebhookEndpoint? Find(Guid id) => Places.TryGetValue(id, out var place) ? _all[place] : null;

    public WebhookEndpoint? FindByName(string name) =>
        (_byName ??= _all.ToDictionary(endpoint => endpoint.Name, StringComparer.OrdinalIgnoreCase)).GetValueOrDefault(name);

    public WebhookEndpoint Add(EndpointDefinition definition, byte[]? secrets, EndpointOrigin origin, StartPosition start)
    {
        var added = new WebhookEndpoint
        {
            Id = TimeOrderedId.At(now),
            Definition = definition,
            Origin = origin,
            State = EndpointState.Enabled,
            CreatedAt = now,
            DispatchedThrough = positionOf(start),
            Secrets = secrets,
        };
        _before.Add(added.Id, null);
        _all.Add(added);
        Forget();
        return added;
    }

    /// <summary>Replaces an endpoint.</summary>
    public void Replace(WebhookEndpoint changed)
    {
        var place = Places[changed.Id];
        if (_all[place] != changed)
        {
            _before.TryAdd(changed.Id, _all[place]);
            _all[place] = changed;
            _byName = null;
        }
    }

    public void Remove(WebhookEndpoint removed)
    {
        _all.RemoveAt(Places[removed.Id]);
        _removed.Add(removed);
        Forget();
    }

    public void Declare(Declaration declaration)
    {
        if (_declarations.Contains(declaration))
        {
            return;
        }

        _declarations.RemoveAll(known => known.Origin == declaration.Origin && known.Fingerprint == declaration.Fingerprint);
        _declarations.Add(declaration);
        _declared.Add(declaration);
    }

    public void MakeDue(WebhookEndpoint endpoint) => _due.Add(endpoint.Id);

    public void Record(AuditEntry? entry)
    {
        if (entry is not null)
        {
            _audit.Add(entry);
        }
    }

    public void Raise(NewEvent operational) => _raised.Add(operational);

    private Dictionary<Guid, int> Places => _places ??= _all.Index().ToDictionary(item => item.Item.Id, item => item.Index);

    private void Forget()
    {
        _places = null;
        _byName = null;
    }
}
