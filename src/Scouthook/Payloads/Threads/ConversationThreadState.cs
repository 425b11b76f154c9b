using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The state of a thread: published, a draft, hidden or under review.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ConversationThreadState>))]
public readonly record struct ConversationThreadState(string Text) : IOpenValue<ConversationThreadState>
{
    /// <summary>Visible: <c>published</c>.</summary>
    public static ConversationThreadState Published { get; } = new("published");

    /// <summary>Begun and not sent: <c>draft</c>.</summary>
    public static ConversationThreadState Draft { get; } = new("draft");

    /// <summary>Removed from the mails to the customer: <c>hidden</c>.</summary>
    public static ConversationThreadState Hidden { get; } = new("hidden");

    /// <summary>Held for review: <c>review</c>.</summary>
    public static ConversationThreadState Review { get; } = new("review");

    /// <summary>Held for review, in the word that the documentation uses in its prose: <c>underreview</c>.</summary>
    public static ConversationThreadState UnderReview { get; } = new("underreview");

    /// <inheritdoc/>
    public static IReadOnlyList<ConversationThreadState> Known { get; } =
    [
        Published, Draft, Hidden, Review, UnderReview,
    ];

    /// <inheritdoc/>
    public static ConversationThreadState FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
