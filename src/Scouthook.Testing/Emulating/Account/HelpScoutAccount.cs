using Scouthook.Payloads;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>
/// A Help Scout account in memory: every action of a customer or user changes it and raises the events that Help Scout
/// would send.
/// </summary>
/// <remarks>
/// <para>
/// It starts with a small company: two inboxes, users, teams, customers, organizations and tags. Everything else comes
/// from actions. Ids and bodies depend only on the seed, the clock and the actions, so the same test sees the same bytes
/// each time. Safe to use from many threads; reads are consistent copies.
/// </para>
/// <para>
/// Where Help Scout does not document which events an action causes, the account follows what integrators have seen, and
/// otherwise raises one event for each visible change. For example, a reply that also closes the conversation raises
/// <c>convo.agent.reply.created</c> and <c>convo.status</c>. A change to the value that is already there raises none.
/// </para>
/// <para>An action on something that the account does not have throws an <see cref="ArgumentException"/>.</para>
/// </remarks>
public sealed partial class HelpScoutAccount
{
    private readonly Lock _lock = new();
    private readonly AccountData _data;
    private readonly CustomerActions _customers;
    private readonly OrganizationActions _organizations;
    private readonly TagActions _tags;
    private readonly UserActions _users;
    private readonly ConversationActions _conversations;
    private readonly ConversationMessages _messages;
    private readonly ChatActions _chats;
    private readonly FeedbackActions _feedback;

    /// <summary>Creates the account of a small company.</summary>
    /// <param name="seed">The starting point of the ids.</param>
    /// <param name="timeProvider">Provides the current time; the system's clock if <see langword="null"/>.</param>
    public HelpScoutAccount(int seed = 1, TimeProvider? timeProvider = null)
        : this(new FreshIds(new Random(seed)), timeProvider ?? TimeProvider.System)
    {
    }

    /// <summary>Creates an account that continues sequences of ids, so that its ids are in no other account.</summary>
    internal HelpScoutAccount(FreshIds ids, TimeProvider timeProvider)
    {
        TimeProvider = timeProvider;
        _data = new AccountData(ids, timeProvider);
        _conversations = new ConversationActions(_data);
        _messages = new ConversationMessages(_data, _conversations);
        _customers = new CustomerActions(_data, _conversations);
        _organizations = new OrganizationActions(_data);
        _tags = new TagActions(_data);
        _users = new UserActions(_data);
        _chats = new ChatActions(_data, _messages);
        _feedback = new FeedbackActions(_data);
        Company.Found(_data, _customers, _organizations, _tags, _users);
    }

    /// <summary>Raised for every event, in the order in which they happen.</summary>
    /// <remarks>
    /// The account is locked meanwhile, so that no event overtakes another. A subscriber must return quickly: put the event
    /// into a queue and work on it elsewhere.
    /// </remarks>
    public event Action<AccountEvent>? Emitted;

    /// <summary>The clock of the account.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>The number of threads that a conversation carries at most, the newest first.</summary>
    /// <value>The default is 5. How many Help Scout sends is not documented.</value>
    public int EmbeddedThreads
    {
        get => Read(() => _data.EmbeddedThreads);
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);

            _data.EmbeddedThreads = value;
        }
    }

    /// <summary>Takes several actions of which the later depend on what the earlier find, without anything in between.</summary>
    internal T WhileLocked<T>(Func<T> actions) => Read(actions);

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    /// <summary>Makes a change and raises its events once the change is complete.</summary>
    private T Change<T>(Func<T> change)
    {
        lock (_lock)
        {
            try
            {
                return change();
            }
            finally
            {
                foreach (var emission in _data.TakeEmissions())
                {
                    Emitted?.Invoke(new AccountEvent(emission));
                }
            }
        }
    }

    private void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    private Conversation Change(long conversationId, Action<ConversationEntry> change) => Change(() =>
    {
        var entry = _data.Conversation(conversationId);
        change(entry);
        return entry.Snapshot(_data);
    });
}
