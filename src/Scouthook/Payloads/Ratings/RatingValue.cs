using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The value that a customer gave in a rating.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/ratings/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<RatingValue>))]
public readonly record struct RatingValue(string Text) : IOpenValue<RatingValue>
{
    /// <summary>Great: <c>great</c>.</summary>
    public static RatingValue Great { get; } = new("great");

    /// <summary>Okay: <c>okay</c>.</summary>
    public static RatingValue Okay { get; } = new("okay");

    /// <summary>Not good: <c>not_good</c>.</summary>
    public static RatingValue NotGood { get; } = new("not_good");

    /// <summary>Not known: <c>unknown</c>.</summary>
    public static RatingValue Unknown { get; } = new("unknown");

    /// <inheritdoc/>
    public static IReadOnlyList<RatingValue> Known { get; } = [Great, Okay, NotGood, Unknown];

    /// <inheritdoc/>
    public static RatingValue FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
