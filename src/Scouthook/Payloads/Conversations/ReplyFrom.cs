using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The side that wrote the latest reply of a conversation.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Not documented; seen in a fixture of a vendor library.</remarks>
[JsonConverter(typeof(OpenValueConverter<ReplyFrom>))]
public readonly record struct ReplyFrom(string Text) : IOpenValue<ReplyFrom>
{
    /// <summary>The customer: <c>customer</c>. Seen.</summary>
    public static ReplyFrom Customer { get; } = new("customer");

    /// <summary>A user of the account: <c>user</c>. Inferred, not seen.</summary>
    public static ReplyFrom User { get; } = new("user");

    /// <inheritdoc/>
    public static IReadOnlyList<ReplyFrom> Known { get; } = [Customer, User];

    /// <inheritdoc/>
    public static ReplyFrom FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
