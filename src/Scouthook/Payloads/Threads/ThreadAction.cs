using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The action of a line item on its conversation.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
public sealed record ThreadAction : HelpScoutPayload
{
    /// <summary>The kind of action; <c>default</c> on threads that are not line items. The list is open.</summary>
    [AlwaysPresent]
    public ThreadActionType? Type { get; init; }

    /// <summary>The action in English words. Only on line items.</summary>
    public string? Text { get; init; }

    /// <summary>The ids of the resources involved in the action, by kind.</summary>
    /// <value>Never <see langword="null"/>: empty when absent, or sent as <c>[]</c> as it is on most threads.</value>
    /// <remarks>Documented keys: <c>workflow</c>, <c>user</c>, <c>mailbox</c>, <c>originalConversation</c>.</remarks>
    [JsonConverter(typeof(EntityMapConverter))]
    public IReadOnlyDictionary<string, long> AssociatedEntities
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, long>.Empty;
    } = ReadOnlyDictionary<string, long>.Empty;
}
