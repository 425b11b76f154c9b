using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The state of an attachment's file.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<AttachmentState>))]
public readonly record struct AttachmentState(string Text) : IOpenValue<AttachmentState>
{
    /// <summary>Stored and safe to fetch: <c>valid</c>. The only text seen.</summary>
    public static AttachmentState Valid { get; } = new("valid");

    /// <inheritdoc/>
    public static IReadOnlyList<AttachmentState> Known { get; } = [Valid];

    /// <inheritdoc/>
    public static AttachmentState FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
