using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Writes users and teams as conversations and chats embed them.</summary>
internal static class Persons
{
    /// <summary>The user id of Help Scout itself.</summary>
    public const long HelpScoutId = 1;

    /// <summary>The person in <c>closedByUser</c> of a conversation that is not closed.</summary>
    public static Person Nobody { get; } =
        new() { Id = 0, Type = PersonType.User, First = "unknown", Last = "unknown", Email = "unknown" };

    public static Person AsPerson(this AccountUser user) => new()
    {
        Id = user.Id, Type = PersonType.User, First = user.FirstName, Last = user.LastName, Email = user.Email,
    };

    public static Person AsPerson(this AccountTeam team) =>
        new() { Id = team.Id, Type = PersonType.Team, First = team.Name, Last = "" };
}
