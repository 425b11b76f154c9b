using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The availability of a user for email conversations.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>.</remarks>
[JsonConverter(typeof(OpenValueConverter<EmailAvailabilityStatus>))]
public readonly record struct EmailAvailabilityStatus(string Text) : IOpenValue<EmailAvailabilityStatus>
{
    /// <summary>At work: <c>active</c>.</summary>
    public static EmailAvailabilityStatus Active { get; } = new("active");

    /// <summary>Away: <c>away</c>.</summary>
    public static EmailAvailabilityStatus Away { get; } = new("away");

    /// <inheritdoc/>
    public static IReadOnlyList<EmailAvailabilityStatus> Known { get; } = [Active, Away];

    /// <inheritdoc/>
    public static EmailAvailabilityStatus FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
