using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The group that a score of a net promoter survey falls into.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: <c>/webhooks/objects/survey-response-data</c>. The documented example pairs the score 9 with <c>passive</c>,
/// against the usual split: take the category as sent.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<NpsCategory>))]
public readonly record struct NpsCategory(string Text) : IOpenValue<NpsCategory>
{
    /// <summary>A promoter: <c>promoter</c>.</summary>
    public static NpsCategory Promoter { get; } = new("promoter");

    /// <summary>Neither for nor against: <c>passive</c>.</summary>
    public static NpsCategory Passive { get; } = new("passive");

    /// <summary>A detractor: <c>detractor</c>.</summary>
    public static NpsCategory Detractor { get; } = new("detractor");

    /// <inheritdoc/>
    public static IReadOnlyList<NpsCategory> Known { get; } = [Promoter, Passive, Detractor];

    /// <inheritdoc/>
    public static NpsCategory FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
