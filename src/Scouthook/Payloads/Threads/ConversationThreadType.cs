using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The kind of a thread.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ConversationThreadType>))]
public readonly record struct ConversationThreadType(string Text) : IOpenValue<ConversationThreadType>
{
    /// <summary>A message of the customer: <c>customer</c>.</summary>
    public static ConversationThreadType Customer { get; } = new("customer");

    /// <summary>A reply of a user: <c>message</c>. Writing through the Inbox API calls it <c>reply</c>.</summary>
    public static ConversationThreadType Message { get; } = new("message");

    /// <summary>A note for the team: <c>note</c>.</summary>
    public static ConversationThreadType Note { get; } = new("note");

    /// <summary>A change that the conversation went through: <c>lineitem</c>. It has no body.</summary>
    public static ConversationThreadType LineItem { get; } = new("lineitem");

    /// <summary>A chat: <c>chat</c>.</summary>
    public static ConversationThreadType Chat { get; } = new("chat");

    /// <summary>A chat in a Beacon: <c>beaconchat</c>.</summary>
    public static ConversationThreadType BeaconChat { get; } = new("beaconchat");

    /// <summary>A phone call: <c>phone</c>.</summary>
    public static ConversationThreadType Phone { get; } = new("phone");

    /// <summary>The forwarding in the original conversation: <c>forwardparent</c>.</summary>
    public static ConversationThreadType ForwardParent { get; } = new("forwardparent");

    /// <summary>The forwarded message in the new conversation: <c>forwardchild</c>.</summary>
    public static ConversationThreadType ForwardChild { get; } = new("forwardchild");

    /// <summary>A reply, in the word of the write API: <c>reply</c>. Not documented for reading.</summary>
    public static ConversationThreadType Reply { get; } = new("reply");

    /// <inheritdoc/>
    public static IReadOnlyList<ConversationThreadType> Known { get; } =
    [
        Customer, Message, Note, LineItem, Chat, BeaconChat, Phone, ForwardParent, ForwardChild, Reply,
    ];

    /// <inheritdoc/>
    public static ConversationThreadType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
