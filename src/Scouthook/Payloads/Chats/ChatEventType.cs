using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The kind of a chat event.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/events</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ChatEventType>))]
public readonly record struct ChatEventType(string Text) : IOpenValue<ChatEventType>
{
    /// <summary>A message of either side: <c>message</c>.</summary>
    public static ChatEventType Message { get; } = new("message");

    /// <summary>A change that the chat went through: <c>line_item</c>.</summary>
    public static ChatEventType LineItem { get; } = new("line_item");

    /// <summary>A note for the team: <c>note</c>. Notes are documented, this text is inferred.</summary>
    public static ChatEventType Note { get; } = new("note");

    /// <inheritdoc/>
    public static IReadOnlyList<ChatEventType> Known { get; } = [Message, LineItem, Note];

    /// <inheritdoc/>
    public static ChatEventType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
