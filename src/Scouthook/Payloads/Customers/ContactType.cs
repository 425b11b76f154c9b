using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The kind of an email address, phone number, chat handle or social profile.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>. These four were seen; the list is open.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<ContactType>))]
public readonly record struct ContactType(string Text) : IOpenValue<ContactType>
{
    /// <summary>At work: <c>work</c>. On email addresses and phone numbers.</summary>
    public static ContactType Work { get; } = new("work");

    /// <summary>At home: <c>home</c>. On email addresses and phone numbers.</summary>
    public static ContactType Home { get; } = new("home");

    /// <summary>AOL Instant Messenger: <c>aim</c>. On chat handles.</summary>
    public static ContactType Aim { get; } = new("aim");

    /// <summary>Twitter: <c>twitter</c>. On social profiles.</summary>
    public static ContactType Twitter { get; } = new("twitter");

    /// <inheritdoc/>
    public static IReadOnlyList<ContactType> Known { get; } = [Work, Home, Aim, Twitter];

    /// <inheritdoc/>
    public static ContactType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
