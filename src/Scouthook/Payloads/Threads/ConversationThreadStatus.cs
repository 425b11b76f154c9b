using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The status that a thread gave to its conversation.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ConversationThreadStatus>))]
public readonly record struct ConversationThreadStatus(string Text) : IOpenValue<ConversationThreadStatus>
{
    /// <summary>Made it active: <c>active</c>.</summary>
    public static ConversationThreadStatus Active { get; } = new("active");

    /// <summary>Made it pending: <c>pending</c>.</summary>
    public static ConversationThreadStatus Pending { get; } = new("pending");

    /// <summary>Closed it: <c>closed</c>.</summary>
    public static ConversationThreadStatus Closed { get; } = new("closed");

    /// <summary>Marked it as spam: <c>spam</c>.</summary>
    public static ConversationThreadStatus Spam { get; } = new("spam");

    /// <summary>Left the status as it was: <c>nochange</c>.</summary>
    public static ConversationThreadStatus NoChange { get; } = new("nochange");

    /// <inheritdoc/>
    public static IReadOnlyList<ConversationThreadStatus> Known { get; } = [Active, Pending, Closed, Spam, NoChange];

    /// <inheritdoc/>
    public static ConversationThreadStatus FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
