using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The availability of a user for chats, overall and by inbox.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>.</remarks>
public sealed record ChatAvailability : HelpScoutPayload
{
    /// <summary>
    /// The status: <c>unavailable</c>, <c>available</c>, <c>assign</c>, or <c>custom</c> when it differs by inbox.
    /// </summary>
    public ChatAvailabilityStatus? Status { get; init; }

    /// <summary>The status in each inbox, by the id of the inbox. Filled when the status is <c>custom</c>.</summary>
    /// <value>Never <see langword="null"/>: empty when absent, or sent as <c>[]</c>.</value>
    [JsonConverter(typeof(ChatStatusMapConverter))]
    public IReadOnlyDictionary<string, ChatAvailabilityStatus> MailboxStatuses
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, ChatAvailabilityStatus>.Empty;
    } = ReadOnlyDictionary<string, ChatAvailabilityStatus>.Empty;
}
