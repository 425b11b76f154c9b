using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Everything in an account, and the events of the change being made. Used under the lock of the account.</summary>
internal sealed class AccountData
{
    private readonly TimeProvider _clock;
    private readonly List<Emission> _pending = [];
    private readonly Dictionary<string, DateTimeOffset> _latestOf = [];
    private DateTimeOffset _latest;

    public AccountData(FreshIds ids, TimeProvider clock)
    {
        _clock = clock;
        Ids = ids;
    }

    public FreshIds Ids { get; }

    /// <summary>The number of threads that a conversation in an event carries.</summary>
    public int EmbeddedThreads { get; set; } = 5;

    public List<AccountInbox> Inboxes { get; } = [];

    public SortedDictionary<long, AccountUser> Users { get; } = [];

    public SortedDictionary<long, AccountTeam> Teams { get; } = [];

    public SortedDictionary<long, Tag> Tags { get; } = [];

    public SortedDictionary<long, Organization> Organizations { get; } = [];

    public SortedDictionary<long, CustomerEntry> Customers { get; } = [];

    public Dictionary<string, CustomerEntry> CustomersByEmail { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<long, ConversationEntry> Conversations { get; } = [];

    /// <summary>The conversations that are part of another one now.</summary>
    public Dictionary<long, MergedConversation> Merged { get; } = [];

    public SortedDictionary<long, Rating> Ratings { get; } = [];

    public Dictionary<long, Rating> RatingsByThread { get; } = [];

    /// <summary>The chats in the order of their start.</summary>
    public OrderedDictionary<string, BeaconChat> Chats { get; } = [];

    /// <summary>The ids of survey messages by their names.</summary>
    public Dictionary<string, string> Surveys { get; } = [];

    /// <summary>Returns the current time with microseconds. It never runs backwards, even if the clock does.</summary>
    public DateTimeOffset Now()
    {
        var now = _clock.GetUtcNow().ToUniversalTime();
        now = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return _latest = now > _latest ? now : _latest;
    }

    /// <summary>Returns the current time in whole seconds, as everything but chats states it.</summary>
    public DateTimeOffset Second()
    {
        var now = Now();
        return new DateTimeOffset(now.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }

    /// <summary>Returns a time in whole seconds that is later than the previous one of the subject.</summary>
    /// <remarks>
    /// For events whose bodies differ in nothing but the time. Receivers recognise an event that is sent again by its name
    /// and body, because Help Scout sends no id, so two events with the same bytes would arrive as one.
    /// </remarks>
    public DateTimeOffset SecondOf(string subject)
    {
        var second = Second();
        if (_latestOf.TryGetValue(subject, out var latest) && second <= latest)
        {
            second = latest.AddSeconds(1);
        }

        return _latestOf[subject] = second;
    }

    public void Emit(string name, HelpScoutPayload payload, string path, long? mailboxId = null) =>
        _pending.Add(new Emission(name, payload, mailboxId, "/v2/" + path, Now()));

    public IReadOnlyList<Emission> TakeEmissions()
    {
        Emission[] taken = [.. _pending];
        _pending.Clear();
        return taken;
    }

    public AccountInbox Inbox(long? id) => id is null
        ? Inboxes[0]
        : Inboxes.Find(inbox => inbox.Id == id) ?? throw Missing("inbox", id);

    public AccountUser User(long id) => Users.GetValueOrDefault(id) ?? throw Missing("user", id);

    public AccountUser Agent(long id) => id == Persons.HelpScoutId
        ? throw new ArgumentException("Help Scout itself writes no messages. Use the id of another user.")
        : User(id);

    public Tag Tag(long id) => Tags.GetValueOrDefault(id) ?? throw Missing("tag", id);

    public Organization Organization(long id) => Organizations.GetValueOrDefault(id) ?? throw Missing("organization", id);

    public CustomerEntry Customer(long id) => Customers.GetValueOrDefault(id) ?? throw Missing("customer", id);

    public ConversationEntry Conversation(long id) =>
        Conversations.GetValueOrDefault(id) ?? throw Missing("conversation", id);

    public BeaconChat Chat(string id) => Chats.GetValueOrDefault(id) ?? throw Missing("chat", id);

    private static ArgumentException Missing(string kind, object id) =>
        new($"The account has no {kind} {id}. Use the id of one that it lists.");
}
