using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <content>Reads the account.</content>
public sealed partial class HelpScoutAccount
{
    private static readonly TimeSpan MergedRedirectPeriod = TimeSpan.FromDays(60);

    /// <summary>The inboxes.</summary>
    public IReadOnlyList<AccountInbox> Inboxes => Read<IReadOnlyList<AccountInbox>>(() => [.. _data.Inboxes]);

    /// <summary>The users, by id. Help Scout itself is the first, with the id 1.</summary>
    public IReadOnlyList<AccountUser> Users => Read<IReadOnlyList<AccountUser>>(() => [.. _data.Users.Values]);

    /// <summary>The teams, by id.</summary>
    public IReadOnlyList<AccountTeam> Teams => Read<IReadOnlyList<AccountTeam>>(() => [.. _data.Teams.Values]);

    /// <summary>The tags, by id.</summary>
    public IReadOnlyList<Tag> Tags => Read<IReadOnlyList<Tag>>(() => [.. _data.Tags.Values]);

    /// <summary>The organizations, by id.</summary>
    public IReadOnlyList<Organization> Organizations =>
        Read<IReadOnlyList<Organization>>(() => [.. _data.Organizations.Values]);

    /// <summary>The customers, by id.</summary>
    public IReadOnlyList<Customer> Customers =>
        Read<IReadOnlyList<Customer>>(() => [.. _data.Customers.Values.Select(customer => customer.Snapshot())]);

    /// <summary>The conversations, newest first.</summary>
    public IReadOnlyList<Conversation> Conversations => Read<IReadOnlyList<Conversation>>(
        () => [.. _data.Conversations.Values.Reverse().Select(conversation => conversation.Snapshot(_data))]);

    /// <summary>The chats, live and ended, newest first.</summary>
    public IReadOnlyList<BeaconChat> Chats => Read<IReadOnlyList<BeaconChat>>(() => [.. _data.Chats.Values.Reverse()]);

    /// <summary>Finds a user.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public AccountUser? FindUser(long id) => Read(() => _data.Users.GetValueOrDefault(id));

    /// <summary>Finds a tag.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The tag, or <see langword="null"/>.</returns>
    public Tag? FindTag(long id) => Read(() => _data.Tags.GetValueOrDefault(id));

    /// <summary>Finds an organization.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The organization, or <see langword="null"/>.</returns>
    public Organization? FindOrganization(long id) => Read(() => _data.Organizations.GetValueOrDefault(id));

    /// <summary>Finds a customer.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The customer, or <see langword="null"/>.</returns>
    public Customer? FindCustomer(long id) => Read(() => _data.Customers.GetValueOrDefault(id)?.Snapshot());

    /// <summary>Finds a rating.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The rating, or <see langword="null"/>.</returns>
    public Rating? FindRating(long id) => Read(() => _data.Ratings.GetValueOrDefault(id));

    /// <summary>Finds a chat.</summary>
    /// <param name="id">The id, a UUID.</param>
    /// <returns>The chat, or <see langword="null"/>.</returns>
    public BeaconChat? FindChat(string id) => Read(() => _data.Chats.GetValueOrDefault(id));

    /// <summary>Finds a conversation, also one that has been merged into another.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The conversation, the one that has its threads now, or neither.</returns>
    public ConversationLookup FindConversation(long id) => Read(() => new ConversationLookup
    {
        Conversation = _data.Conversations.GetValueOrDefault(id)?.Snapshot(_data),
        MergedInto = _data.Merged.TryGetValue(id, out var merged) && _data.Now() - merged.MergedAt < MergedRedirectPeriod
            ? merged.SurvivingId
            : null,
    });

    /// <summary>Returns all threads of a conversation including line items, newest first.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <returns>The threads, or <see langword="null"/> if there is no such conversation.</returns>
    public IReadOnlyList<ConversationThread>? FindThreads(long conversationId) =>
        Read(() => _data.Conversations.GetValueOrDefault(conversationId)?.Threads);

    /// <summary>Lists conversations, page by page.</summary>
    /// <param name="query">The conversations to select, and the page of them.</param>
    /// <returns>The page. It is empty beyond the last one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page or its size is less than 1.</exception>
    public AccountPage<Conversation> QueryConversations(ConversationQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Page, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));

        return Read(() =>
        {
            var tag = query.Tag is { } name ? _tags.Find(name)?.Id ?? 0 : (long?)null;
            var selected = _data.Conversations.Values.Where(conversation =>
                !(conversation.ModifiedAt < query.ModifiedSince)
                && (query.MailboxId is null || conversation.MailboxId == query.MailboxId)
                && (query.Status is null || conversation.Value.Status == query.Status)
                && (tag is null || conversation.TagIds.Contains(tag.Value)));
            ConversationEntry[] sorted = query.Ascending
                ? [.. selected.OrderBy(SortKey).ThenBy(conversation => conversation.Id)]
                : [.. selected.OrderByDescending(SortKey).ThenByDescending(conversation => conversation.Id)];
            var first = (long)(query.Page - 1) * query.PageSize;
            return new AccountPage<Conversation>
            {
                Items =
                [
                    .. sorted.Skip((int)Math.Min(first, sorted.Length)).Take(query.PageSize)
                        .Select(conversation => conversation.Snapshot(_data)),
                ],
                Number = query.Page,
                Size = query.PageSize,
                TotalItems = sorted.Length,
            };
        });

        long SortKey(ConversationEntry conversation) => query.SortField switch
        {
            ConversationSortField.ModifiedAt => conversation.ModifiedAt.Ticks,
            ConversationSortField.Number => conversation.Value.Number!.Value,
            _ => conversation.Value.CreatedAt!.Value.Ticks,
        };
    }
}
