using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>An organization as it was when the event happened.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/organizations/get</c>. That the webhook carries this object
/// is inferred. It has no times.
/// </remarks>
public sealed record Organization : HelpScoutPayload
{
    /// <summary>The id of the organization.</summary>
    [AlwaysPresent]
    public required long Id { get; init; }

    /// <summary>The name of the organization.</summary>
    [AlwaysPresent]
    public string? Name { get; init; }

    /// <summary>The website, as it was entered. Absent when unknown.</summary>
    public string? Website { get; init; }

    /// <summary>A description of the organization. Absent when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The country, as a two-letter code. Absent when unknown.</summary>
    public string? Location { get; init; }

    /// <summary>Address of the logo. Absent when there is none.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Notes about the organization. Absent when there are none.</summary>
    public string? Note { get; init; }

    /// <summary>The domains by which customers are matched to the organization.</summary>
    public IReadOnlyList<string> Domains { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Phone numbers as free text; plain texts, unlike the phones of a customer.</summary>
    public IReadOnlyList<string> Phones { get; init => field = value.OrEmpty(); } = [];

    /// <summary>
    /// The colour of the brand as a hexadecimal code, such as <c>#000FFF</c>. Absent when there is none.
    /// </summary>
    public string? BrandColor { get; init; }

    /// <summary>The number of customers that belong to the organization.</summary>
    /// <remarks>The Inbox API sends it on request only; not expected in webhooks (inferred).</remarks>
    public int? CustomerCount { get; init; }

    /// <summary>The number of conversations of the organization.</summary>
    /// <remarks>The Inbox API sends it on request only; not expected in webhooks (inferred).</remarks>
    public int? ConversationCount { get; init; }

    /// <summary>The objects that may be sent along with the organization: its properties.</summary>
    /// <value>Never <see langword="null"/>: empty when the member is absent.</value>
    [JsonPropertyName("_embedded")]
    public OrganizationEmbedded Embedded { get; init => field = value ?? new(); } = new();

    /// <summary>The address of the organization in the Inbox API.</summary>
    [AlwaysPresent]
    [JsonPropertyName("_links")]
    public SelfLinks? Links { get; init; }
}
