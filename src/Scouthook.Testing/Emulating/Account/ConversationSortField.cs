namespace Scouthook.Testing;

/// <summary>The members that a <see cref="ConversationQuery"/> can sort by.</summary>
public enum ConversationSortField
{
    /// <summary>The time the conversation began.</summary>
    CreatedAt,

    /// <summary>The time of the latest change.</summary>
    ModifiedAt,

    /// <summary>The number of the conversation.</summary>
    Number,
}
