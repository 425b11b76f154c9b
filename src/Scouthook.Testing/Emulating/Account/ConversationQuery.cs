using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Selects conversations of a <see cref="HelpScoutAccount"/>, as the list of the Inbox API does.</summary>
public sealed record ConversationQuery
{
    /// <summary>Selects conversations changed at or after this time; <see langword="null"/> selects all.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary>Selects conversations of this inbox; <see langword="null"/> selects all inboxes.</summary>
    public long? MailboxId { get; init; }

    /// <summary>Selects conversations with this status; <see langword="null"/> selects all.</summary>
    public ConversationStatus? Status { get; init; }

    /// <summary>Selects conversations with this tag, by name; <see langword="null"/> selects all.</summary>
    public string? Tag { get; init; }

    /// <summary>The member to sort by.</summary>
    /// <value>The default is <see cref="ConversationSortField.CreatedAt"/>.</value>
    public ConversationSortField SortField { get; init; }

    /// <summary>Returns the smallest first instead of the largest.</summary>
    /// <value>The default is <see langword="false"/>: newest first.</value>
    public bool Ascending { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The largest number of items on a page.</summary>
    /// <value>The default is 25.</value>
    public int PageSize { get; init; } = 25;
}
