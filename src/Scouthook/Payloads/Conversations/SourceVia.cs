using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The side that a conversation or thread came from.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<SourceVia>))]
public readonly record struct SourceVia(string Text) : IOpenValue<SourceVia>
{
    /// <summary>From a user of the account: <c>user</c>.</summary>
    public static SourceVia User { get; } = new("user");

    /// <summary>From a customer: <c>customer</c>.</summary>
    public static SourceVia Customer { get; } = new("customer");

    /// <inheritdoc/>
    public static IReadOnlyList<SourceVia> Known { get; } = [User, Customer];

    /// <inheritdoc/>
    public static SourceVia FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
