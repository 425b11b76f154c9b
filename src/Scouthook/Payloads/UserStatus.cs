using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>Whether a user is available for e-mail conversations and for chats.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>. That the webhook carries this object
/// is inferred.
/// </remarks>
public sealed record UserStatus : HelpScoutPayload
{
    /// <summary>The id of the user. There is no member <c>id</c>.</summary>
    [AlwaysPresent]
    public required long UserId { get; init; }

    /// <summary>Whether the user works on e-mail conversations.</summary>
    [AlwaysPresent]
    public EmailAvailability? Email { get; init; }

    /// <summary>Whether the user takes chats. May be absent.</summary>
    public ChatAvailability? Chat { get; init; }

    /// <summary>The address of the status in the Inbox API. May be absent.</summary>
    [JsonPropertyName("_links")]
    public SelfLinks? Links { get; init; }
}
