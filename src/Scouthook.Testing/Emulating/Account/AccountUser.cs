using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>A user of a <see cref="HelpScoutAccount"/>: an agent, or Help Scout itself.</summary>
public sealed record AccountUser
{
    /// <summary>The id. 1 is Help Scout itself: automations.</summary>
    public required long Id { get; init; }

    /// <summary>The first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The last name.</summary>
    public required string LastName { get; init; }

    /// <summary>The email address.</summary>
    public required string Email { get; init; }

    /// <summary>The role: <c>owner</c>, <c>admin</c> or <c>user</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The time the user was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The availability for email and chat.</summary>
    public required UserStatus Status { get; init; }
}
