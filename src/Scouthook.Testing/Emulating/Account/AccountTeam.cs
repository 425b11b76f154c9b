namespace Scouthook.Testing;

/// <summary>A team of a <see cref="HelpScoutAccount"/>. Conversations can be assigned to it as to a user.</summary>
public sealed record AccountTeam
{
    /// <summary>The id. Teams and users share one space of ids.</summary>
    public required long Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The ids of the users in the team.</summary>
    public required IReadOnlyList<long> MemberIds { get; init; }
}
