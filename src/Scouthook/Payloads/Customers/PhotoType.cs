using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The source of a customer's picture.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<PhotoType>))]
public readonly record struct PhotoType(string Text) : IOpenValue<PhotoType>
{
    /// <summary>Not known: <c>unknown</c>.</summary>
    public static PhotoType Unknown { get; } = new("unknown");

    /// <summary>Gravatar: <c>gravatar</c>.</summary>
    public static PhotoType Gravatar { get; } = new("gravatar");

    /// <summary>Twitter: <c>twitter</c>.</summary>
    public static PhotoType Twitter { get; } = new("twitter");

    /// <summary>Facebook: <c>facebook</c>.</summary>
    public static PhotoType Facebook { get; } = new("facebook");

    /// <summary>A Google profile: <c>googleprofile</c>.</summary>
    public static PhotoType GoogleProfile { get; } = new("googleprofile");

    /// <summary>Google+: <c>googleplus</c>.</summary>
    public static PhotoType GooglePlus { get; } = new("googleplus");

    /// <summary>LinkedIn: <c>linkedin</c>.</summary>
    public static PhotoType LinkedIn { get; } = new("linkedin");

    /// <summary>Instagram: <c>instagram</c>.</summary>
    public static PhotoType Instagram { get; } = new("instagram");

    /// <summary>A default picture of Help Scout: <c>default</c>. Seen, not documented.</summary>
    public static PhotoType Default { get; } = new("default");

    /// <inheritdoc/>
    public static IReadOnlyList<PhotoType> Known { get; } =
    [
        Unknown, Gravatar, Twitter, Facebook, GoogleProfile, GooglePlus, LinkedIn, Instagram, Default,
    ];

    /// <inheritdoc/>
    public static PhotoType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
