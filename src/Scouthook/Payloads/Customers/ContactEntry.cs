namespace Scouthook.Payloads;

/// <summary>An email address, phone number, chat handle or social profile of a customer.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
public sealed record ContactEntry : HelpScoutPayload
{
    /// <summary>The id of the entry.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The address, number, handle or profile itself.</summary>
    [AlwaysPresent]
    public string? Value { get; init; }

    /// <summary>
    /// The kind of the entry, such as <c>work</c>, <c>home</c> or the name of a service. The list is open.
    /// </summary>
    [AlwaysPresent]
    public ContactType? Type { get; init; }
}
