using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>Links to a customer and to the parts of the profile, in the Inbox API.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>. All but <c>self</c> were seen with a
/// final slash.
/// </remarks>
public sealed record CustomerLinks : HelpScoutPayload
{
    /// <summary>The postal address of the customer.</summary>
    public Link? Address { get; init; }

    /// <summary>The chat handles of the customer.</summary>
    public Link? Chats { get; init; }

    /// <summary>The email addresses of the customer.</summary>
    public Link? Emails { get; init; }

    /// <summary>The phone numbers of the customer.</summary>
    public Link? Phones { get; init; }

    /// <summary>The social profiles of the customer.</summary>
    /// <remarks>
    /// The wire name has a hyphen here and an underscore in <see cref="CustomerEmbedded.SocialProfiles"/>.
    /// </remarks>
    [JsonPropertyName("social-profiles")]
    public Link? SocialProfiles { get; init; }

    /// <summary>The websites of the customer.</summary>
    public Link? Websites { get; init; }

    /// <summary>The customer.</summary>
    public Link? Self { get; init; }
}
