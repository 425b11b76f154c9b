namespace Scouthook.Payloads;

/// <summary>A user, team or customer, as embedded in conversations, threads and chats.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record Person : HelpScoutPayload
{
    /// <summary>The id of the person. Users and teams share one space of ids.</summary>
    /// <value>0 means no one; 1 is Help Scout itself (automations).</value>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The kind of person. Absent for the customer of a thread.</summary>
    public PersonType? Type { get; init; }

    /// <summary>First name, or the name of a team. May be empty or absent.</summary>
    public string? First { get; init; }

    /// <summary>Last name. May be empty or absent.</summary>
    public string? Last { get; init; }

    /// <summary>Address of a picture. Always seen on customers, sometimes on users.</summary>
    public string? PhotoUrl { get; init; }

    /// <summary>Email address. Absent when unknown; the text <c>unknown</c> when there is no person (id 0).</summary>
    public string? Email { get; init; }
}
