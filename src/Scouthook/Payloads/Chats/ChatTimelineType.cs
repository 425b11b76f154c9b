using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The action of a visitor in the timeline of a chat.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/get</c>. Other texts are possible.</remarks>
[JsonConverter(typeof(OpenValueConverter<ChatTimelineType>))]
public readonly record struct ChatTimelineType(string Text) : IOpenValue<ChatTimelineType>
{
    /// <summary>Opened a page: <c>page-viewed</c>. Documented.</summary>
    public static ChatTimelineType PageViewed { get; } = new("page-viewed");

    /// <summary>Started the chat: <c>chat-started</c>. Seen in a fixture of a vendor library.</summary>
    public static ChatTimelineType ChatStarted { get; } = new("chat-started");

    /// <inheritdoc/>
    public static IReadOnlyList<ChatTimelineType> Known { get; } = [PageViewed, ChatStarted];

    /// <inheritdoc/>
    public static ChatTimelineType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
