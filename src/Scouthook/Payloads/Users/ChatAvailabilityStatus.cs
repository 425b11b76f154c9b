using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The availability of a user for chats.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<ChatAvailabilityStatus>))]
public readonly record struct ChatAvailabilityStatus(string Text) : IOpenValue<ChatAvailabilityStatus>
{
    /// <summary>Takes no chats: <c>unavailable</c>.</summary>
    public static ChatAvailabilityStatus Unavailable { get; } = new("unavailable");

    /// <summary>Takes chats: <c>available</c>.</summary>
    public static ChatAvailabilityStatus Available { get; } = new("available");

    /// <summary>
    /// Takes only chats assigned to the user: <c>assign</c>. The text is documented, its meaning is inferred.
    /// </summary>
    public static ChatAvailabilityStatus Assign { get; } = new("assign");

    /// <summary>Differs by inbox: <c>custom</c>. See <see cref="ChatAvailability.MailboxStatuses"/>.</summary>
    public static ChatAvailabilityStatus Custom { get; } = new("custom");

    /// <inheritdoc/>
    public static IReadOnlyList<ChatAvailabilityStatus> Known { get; } = [Unavailable, Available, Assign, Custom];

    /// <inheritdoc/>
    public static ChatAvailabilityStatus FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
