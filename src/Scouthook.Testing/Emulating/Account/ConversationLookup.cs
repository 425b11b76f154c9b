using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>The result of <see cref="HelpScoutAccount.FindConversation"/>.</summary>
/// <remarks>
/// At most one of the two members has a value. If neither has, the conversation was deleted, was merged more than 60
/// days ago, or never existed: the Inbox API answers 404.
/// </remarks>
public sealed record ConversationLookup
{
    /// <summary>The conversation, or <see langword="null"/> if it does not exist under this id.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>
    /// The id of the conversation that this one was merged into, or <see langword="null"/>. The Inbox API answers 301
    /// for 60 days after the merge.
    /// </summary>
    public long? MergedInto { get; init; }
}
