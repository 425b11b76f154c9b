using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The status of a conversation in the team's work.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>. The words <c>open</c> and <c>all</c>
/// on that page are filters of the list, not statuses of a conversation.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<ConversationStatus>))]
public readonly record struct ConversationStatus(string Text) : IOpenValue<ConversationStatus>
{
    /// <summary>Waiting for the team: <c>active</c>.</summary>
    public static ConversationStatus Active { get; } = new("active");

    /// <summary>Waiting for the customer: <c>pending</c>.</summary>
    public static ConversationStatus Pending { get; } = new("pending");

    /// <summary>Done: <c>closed</c>.</summary>
    public static ConversationStatus Closed { get; } = new("closed");

    /// <summary>Marked as spam: <c>spam</c>.</summary>
    public static ConversationStatus Spam { get; } = new("spam");

    /// <inheritdoc/>
    public static IReadOnlyList<ConversationStatus> Known { get; } = [Active, Pending, Closed, Spam];

    /// <inheritdoc/>
    public static ConversationStatus FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
