using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The source of a change of a user's status.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<StatusSource>))]
public readonly record struct StatusSource(string Text) : IOpenValue<StatusSource>
{
    /// <summary>The web or mobile application: <c>ui</c>.</summary>
    public static StatusSource UserInterface { get; } = new("ui");

    /// <summary>The Inbox API: <c>api</c>.</summary>
    public static StatusSource Api { get; } = new("api");

    /// <summary>Help Scout noticed that the user came or left: <c>presence_detection</c>.</summary>
    public static StatusSource PresenceDetection { get; } = new("presence_detection");

    /// <inheritdoc/>
    public static IReadOnlyList<StatusSource> Known { get; } = [UserInterface, Api, PresenceDetection];

    /// <inheritdoc/>
    public static StatusSource FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
