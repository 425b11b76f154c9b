namespace Scouthook.Testing;

/// <summary>An inbox of a <see cref="HelpScoutAccount"/>: in the API a mailbox.</summary>
public sealed record AccountInbox
{
    /// <summary>The id: <c>mailboxId</c> in conversations, chats and ratings.</summary>
    public required long Id { get; init; }

    /// <summary>The name that users see.</summary>
    public required string Name { get; init; }

    /// <summary>The email address that customers write to.</summary>
    public required string Email { get; init; }

    /// <summary>The time the inbox was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The folders, each of which lists some of the conversations.</summary>
    public required IReadOnlyList<AccountFolder> Folders { get; init; }

    /// <summary>The custom fields that conversations of this inbox have. May be empty.</summary>
    public required IReadOnlyList<AccountCustomField> CustomFields { get; init; }
}
