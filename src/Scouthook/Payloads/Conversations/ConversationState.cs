using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The state of a conversation: published, still a draft, or deleted.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ConversationState>))]
public readonly record struct ConversationState(string Text) : IOpenValue<ConversationState>
{
    /// <summary>Visible to the team: <c>published</c>.</summary>
    public static ConversationState Published { get; } = new("published");

    /// <summary>Begun and not sent: <c>draft</c>.</summary>
    public static ConversationState Draft { get; } = new("draft");

    /// <summary>Deleted: <c>deleted</c>.</summary>
    public static ConversationState Deleted { get; } = new("deleted");

    /// <inheritdoc/>
    public static IReadOnlyList<ConversationState> Known { get; } = [Published, Draft, Deleted];

    /// <inheritdoc/>
    public static ConversationState FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
