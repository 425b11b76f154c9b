using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>Builders for endpoints; none of these is ever called.</summary>
internal static class SomeEndpoint
{
    /// <summary>A placeholder for encrypted secrets; no store reads them.</summary>
    public static byte[] Secrets => [1, 2, 3];

    public static EndpointDefinition Http(
        string name = "crm",
        EndpointOrdering ordering = EndpointOrdering.Resource,
        IReadOnlyList<string>? events = null,
        IReadOnlyList<long>? mailboxIds = null,
        EventStates states = EventStates.All) => new()
        {
            Name = name,
            Kind = EndpointKind.Http,
            Url = new Uri("https://crm.example.com/helpscout"),
            Events = events ?? [EventPattern.Everything],
            MailboxIds = mailboxIds ?? [],
            States = states,
            Ordering = ordering,
        };

    /// <summary>A stored endpoint, for rules that need no store.</summary>
    public static WebhookEndpoint Stored(
        EndpointOrdering ordering = EndpointOrdering.Resource, string name = "crm", IReadOnlyList<string>? events = null) => new()
        {
            Id = Some.Id(),
            Definition = Http(name, ordering, events),
            Origin = EndpointOrigin.Api,
            State = EndpointState.Enabled,
            CreatedAt = Some.Instant,
            DispatchedThrough = 0,
        };

    public static EndpointDefinition Handler(string name, EndpointOrdering ordering = EndpointOrdering.Resource) => new()
    {
        Name = name,
        Kind = EndpointKind.Handler,
        Ordering = ordering,
    };
}
