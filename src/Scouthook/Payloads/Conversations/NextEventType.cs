using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The kind of the next planned event of a conversation.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<NextEventType>))]
public readonly record struct NextEventType(string Text) : IOpenValue<NextEventType>
{
    /// <summary>The snooze ends: <c>snooze</c>.</summary>
    public static NextEventType Snooze { get; } = new("snooze");

    /// <summary>A scheduled message is sent: <c>scheduled</c>.</summary>
    public static NextEventType Scheduled { get; } = new("scheduled");

    /// <inheritdoc/>
    public static IReadOnlyList<NextEventType> Known { get; } = [Snooze, Scheduled];

    /// <inheritdoc/>
    public static NextEventType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
