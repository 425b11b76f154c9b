using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The contact data, address and properties of a customer.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
public sealed record CustomerEmbedded : HelpScoutPayload
{
    /// <summary>Email addresses.</summary>
    [AlwaysPresent]
    public IReadOnlyList<ContactEntry> Emails { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Phone numbers, as free text.</summary>
    [AlwaysPresent]
    public IReadOnlyList<ContactEntry> Phones { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Handles in chat services.</summary>
    [AlwaysPresent]
    public IReadOnlyList<ContactEntry> Chats { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Profiles in social networks.</summary>
    [AlwaysPresent]
    [JsonPropertyName("social_profiles")]
    public IReadOnlyList<ContactEntry> SocialProfiles { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Websites of the customer.</summary>
    [AlwaysPresent]
    public IReadOnlyList<CustomerWebsite> Websites { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Properties that the account defined for customers.</summary>
    [AlwaysPresent]
    public IReadOnlyList<CustomerProperty> Properties { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The postal address. Absent when there is none.</summary>
    public CustomerAddress? Address { get; init; }
}
