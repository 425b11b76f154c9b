using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>A customer as it was when the event happened.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>. Order and omissions follow a captured
/// body. Members without a value are left out.
/// </remarks>
public sealed record Customer : HelpScoutPayload
{
    /// <summary>The id of the customer.</summary>
    [AlwaysPresent]
    public required long Id { get; init; }

    /// <summary>First name, up to 40 characters. Absent when unknown.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name, up to 40 characters. Absent when unknown.</summary>
    public string? LastName { get; init; }

    /// <summary>Gender: <c>Male</c>, <c>Female</c> or <c>Unknown</c>, capitalised.</summary>
    [AlwaysPresent]
    public Gender? Gender { get; init; }

    /// <summary>Job title, up to 60 characters. Absent when unknown.</summary>
    public string? JobTitle { get; init; }

    /// <summary>The location of the customer, as free text of up to 60 characters. Absent when unknown.</summary>
    public string? Location { get; init; }

    /// <summary>The name of the organization that the customer belongs to. Absent when none.</summary>
    /// <remarks>For writing, Help Scout prefers the id of the organization.</remarks>
    public string? Organization { get; init; }

    /// <summary>
    /// The id of the organization that the customer belongs to. Absent when none, and in older bodies.
    /// </summary>
    public long? OrganizationId { get; init; }

    /// <summary>The source of the picture, such as <c>gravatar</c> or <c>default</c>.</summary>
    [AlwaysPresent]
    public PhotoType? PhotoType { get; init; }

    /// <summary>Address of the picture; a default picture when the customer has none.</summary>
    [AlwaysPresent]
    public string? PhotoUrl { get; init; }

    /// <summary>Age as free text, such as <c>30-35</c> or <c>52</c>. Absent when unknown.</summary>
    public string? Age { get; init; }

    /// <summary>
    /// The number of conversations of the customer. Only in newer documentation, so it may be absent.
    /// </summary>
    public int? ConversationCount { get; init; }

    /// <summary>The time the customer was created.</summary>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time the customer was last changed.</summary>
    [AlwaysPresent]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Notes about the customer. Empty when there are none.</summary>
    [AlwaysPresent]
    public string? Background { get; init; }

    /// <summary>True if the customer is a draft. Only in newer documentation, so it may be absent.</summary>
    public bool? Draft { get; init; }

    /// <summary>
    /// The contact data, address and properties of the customer. Absent in some bodies of the Inbox API.
    /// </summary>
    /// <value>Never <see langword="null"/>: empty when the member is absent.</value>
    [JsonPropertyName("_embedded")]
    public CustomerEmbedded Embedded { get; init => field = value ?? new(); } = new();

    /// <summary>Links to the customer and to the parts of the profile.</summary>
    [AlwaysPresent]
    [JsonPropertyName("_links")]
    public CustomerLinks? Links { get; init; }
}
