using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The action of a chat event.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: Help Scout Chat API, <c>/chat/endpoints/events</c>. The full list is not known: expect other texts.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<ChatEventAction>))]
public readonly record struct ChatEventAction(string Text) : IOpenValue<ChatEventAction>
{
    /// <summary>A message was added: <c>message-added</c>.</summary>
    public static ChatEventAction MessageAdded { get; } = new("message-added");

    /// <summary>A user took the chat: <c>chat-accepted</c>.</summary>
    public static ChatEventAction ChatAccepted { get; } = new("chat-accepted");

    /// <inheritdoc/>
    public static IReadOnlyList<ChatEventAction> Known { get; } = [MessageAdded, ChatAccepted];

    /// <inheritdoc/>
    public static ChatEventAction FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
