using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The kind of a <see cref="Person"/>.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
[JsonConverter(typeof(OpenValueConverter<PersonType>))]
public readonly record struct PersonType(string Text) : IOpenValue<PersonType>
{
    /// <summary>A user of the account: <c>user</c>.</summary>
    public static PersonType User { get; } = new("user");

    /// <summary>A team: <c>team</c>. Its name is in <see cref="Person.First"/>.</summary>
    public static PersonType Team { get; } = new("team");

    /// <summary>A customer: <c>customer</c>.</summary>
    public static PersonType Customer { get; } = new("customer");

    /// <summary>An AI agent or the system: <c>system_user</c>. Only in payloads of version V3.</summary>
    public static PersonType SystemUser { get; } = new("system_user");

    /// <summary>The user who answers a chat: <c>agent</c>. Only in chats.</summary>
    public static PersonType Agent { get; } = new("agent");

    /// <inheritdoc/>
    public static IReadOnlyList<PersonType> Known { get; } = [User, Team, Customer, SystemUser, Agent];

    /// <inheritdoc/>
    public static PersonType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
