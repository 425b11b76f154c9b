using System.Collections.Immutable;
using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;

namespace Scouthook.Testing;

/// <summary>A conversation with all its threads.</summary>
/// <remarks>
/// Members that follow from others (counts, the preview, the folder, colors of tags, names of the customer, links) are
/// written only into snapshots, so that they cannot contradict each other.
/// </remarks>
internal sealed class ConversationEntry(Conversation value, DateTimeOffset modifiedAt)
{
    public long Id => Value.Id;

    public Conversation Value { get; set; } = value;

    /// <summary>All threads including line items, newest first.</summary>
    public ImmutableList<ConversationThread> Threads { get; private set; } = [];

    public ImmutableList<long> TagIds { get; set; } = [];

    public DateTimeOffset ModifiedAt { get; set; } = modifiedAt;

    public long CustomerId => Value.PrimaryCustomer!.Id!.Value;

    public long MailboxId => Value.MailboxId!.Value;

    private IEnumerable<ConversationThread> Published => Threads.Where(thread => thread.Type != ConversationThreadType.LineItem);

    public void Add(ConversationThread thread) => Threads = Threads.Insert(0, thread);

    public void Replace(ConversationThread thread) =>
        Threads = Threads.SetItem(Threads.FindIndex(other => other.Id == thread.Id), thread);

    /// <summary>Adds the threads of another conversation at their times.</summary>
    public void AddAll(IEnumerable<ConversationThread> threads) =>
        Threads = [.. Threads.Concat(threads).OrderByDescending(thread => thread.CreatedAt).ThenByDescending(thread => thread.Id)];

    public Conversation Snapshot(AccountData data)
    {
        var now = data.Second();
        var customer = data.Customers.GetValueOrDefault(CustomerId)?.AsPerson() ?? Value.PrimaryCustomer!;
        var snapshot = Value with
        {
            ThreadCount = Published.Count(),
            FolderId = FolderTypes.Find(data.Inbox(MailboxId), Value.Status, Value.Assignee),
            Preview = DerivedText.Preview(Published.FirstOrDefault()?.Body),
            CreatedBy = Value.CreatedBy!.Type == PersonType.Customer && Value.CreatedBy.Id == CustomerId
                ? customer
                : Value.CreatedBy,
            CustomerWaitingSince = Value.CustomerWaitingSince! with
            {
                Friendly = DerivedText.Friendly(Value.CustomerWaitingSince.Time!.Value, now),
            },
            Tags = [.. TagIds.Select(id => data.Tags.GetValueOrDefault(id)).OfType<Tag>().Select(AsConversationTag)],
            PrimaryCustomer = customer,
            Snooze = Value.Snooze?.SnoozedUntil > now ? Value.Snooze : null,
            NextEvent = Value.NextEvent?.Time > now ? Value.NextEvent : null,
            Embedded = new() { Threads = [.. Published.Take(data.EmbeddedThreads)] },
        };
        return snapshot with { Links = ApiLinks.Of(snapshot) };
    }

    private static ConversationTag AsConversationTag(Tag tag) =>
        new() { Id = tag.Id, Color = TagColors.Number(tag.Color), Tag = tag.Name };
}
