using System.Text;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Events;
using Scouthook.Payloads;

namespace Scouthook.Testing.Tests.Emulating.Account;

/// <summary>An account with a clock of its own and a list of the events it raised.</summary>
internal sealed class RecordedAccount
{
    public const long Maya = 771204;

    public const long Tobias = 771339;

    public static readonly DateTimeOffset Start = new(2031, 5, 6, 7, 8, 9, 123, 450, TimeSpan.Zero);

    private readonly List<AccountEvent> _events = [];

    public RecordedAccount(int seed = 1)
    {
        Account = new HelpScoutAccount(seed, Clock);
        Account.Emitted += _events.Add;
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public HelpScoutAccount Account { get; }

    public IReadOnlyList<AccountEvent> Events => _events;

    public long Zoe => Account.Customers[0].Id;

    public AccountEvent Last => _events[^1];

    /// <summary>The names of the events that the action raises.</summary>
    public string[] NamesOf(Action action)
    {
        var before = _events.Count;
        action();
        return [.. _events.Skip(before).Select(item => item.Name)];
    }

    /// <summary>A conversation of Zoë that is some minutes old.</summary>
    public Conversation Conversation()
    {
        var conversation = Account.StartConversation(Zoe, "Invoice", "<p>Wrong VAT</p>");
        Clock.Advance(TimeSpan.FromMinutes(21));
        return conversation;
    }

    public Conversation Find(long id) => Account.FindConversation(id).Conversation!;

    public static string Text(AccountEvent item) => Encoding.ASCII.GetString(item.Event.Body.Span);

    public static HelpScoutEvent Parse(AccountEvent item) => Parsing.WebhookParser.Parse(item.Name, item.Event.Body);
}
