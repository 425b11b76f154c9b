using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The availability of a user for email conversations and for chats.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>. That the webhook carries this object
/// is inferred.
/// </remarks>
public sealed record UserStatus : HelpScoutPayload
{
    /// <summary>The id of the user. There is no member <c>id</c>.</summary>
    [AlwaysPresent]
    public required long UserId { get; init; }

    /// <summary>The availability of the user for email conversations.</summary>
    [AlwaysPresent]
    public EmailAvailability? Email { get; init; }

    /// <summary>The availability of the user for chats. May be absent.</summary>
    public ChatAvailability? Chat { get; init; }

    /// <summary>The address of the status in the Inbox API. May be absent.</summary>
    [JsonPropertyName("_links")]
    public SelfLinks? Links { get; init; }
}
