using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The channel in which a conversation began: email, chat or phone.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ConversationType>))]
public readonly record struct ConversationType(string Text) : IOpenValue<ConversationType>
{
    /// <summary>An email conversation: <c>email</c>.</summary>
    public static ConversationType Email { get; } = new("email");

    /// <summary>A chat: <c>chat</c>.</summary>
    public static ConversationType Chat { get; } = new("chat");

    /// <summary>A phone call noted by a user: <c>phone</c>.</summary>
    public static ConversationType Phone { get; } = new("phone");

    /// <inheritdoc/>
    public static IReadOnlyList<ConversationType> Known { get; } = [Email, Chat, Phone];

    /// <inheritdoc/>
    public static ConversationType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
