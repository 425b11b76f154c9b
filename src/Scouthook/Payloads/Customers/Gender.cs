using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The gender of a customer.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>. Capitalised in every body seen; the page
/// also lists the texts in lower case. Comparison is letter by letter.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<Gender>))]
public readonly record struct Gender(string Text) : IOpenValue<Gender>
{
    /// <summary>Male: <c>Male</c>.</summary>
    public static Gender Male { get; } = new("Male");

    /// <summary>Female: <c>Female</c>.</summary>
    public static Gender Female { get; } = new("Female");

    /// <summary>Not known: <c>Unknown</c>.</summary>
    public static Gender Unknown { get; } = new("Unknown");

    /// <inheritdoc/>
    public static IReadOnlyList<Gender> Known { get; } = [Male, Female, Unknown];

    /// <inheritdoc/>
    public static Gender FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
