using System.Buffers.Binary;
using System.Globalization;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>A store of many events distributed as in a busy account: 30 days, 5 mailboxes, 2 sources.</summary>
internal sealed class VolumeStore : IAsyncDisposable
{
    public const string RareType = "organization.deleted";
    public const long Mailbox = 318_843;

    private const int Batch = 5_000;

    private static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    // Frequencies per 1,000 events, roughly those of a support team.
    private static readonly (int Share, string Name)[] Types =
    [
        (280, "convo.customer.reply.created"), (240, "convo.agent.reply.created"), (150, "convo.created"),
        (120, "convo.status"), (80, "convo.assigned"), (50, "convo.tags"), (30, "convo.note.created"),
        (20, "customer.updated"), (10, "customer.created"), (5, "beacon.chat.created"), (5, "convo.deleted"),
        (4, "satisfaction.ratings"), (3, "tag.created"), (2, "helpscout.test"), (1, "convo.moved"),
    ];

    private static readonly string[] Subjects =
    [
        "Invoice", "Re: Invoice", "Question about my order", "Login", "Rückerstattung", "Delivery Status Notification",
        "invoice missing", "How do I", "Feature request", "7 days trial",
    ];

    private readonly int _eventsPerConversation;

    private VolumeStore(StoreHarness store, long count, int eventsPerConversation)
    {
        Store = store;
        Count = count;
        _eventsPerConversation = eventsPerConversation;
    }

    public StoreHarness Store { get; }

    public SqliteHarness Harness => (SqliteHarness)Store;

    public long Count { get; }

    public static async Task<VolumeStore> FillAsync(
        long count, int eventsPerConversation = 8, TimeProvider? timeProvider = null) => await FillAsync(
            await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), timeProvider ?? TimeProvider.System), count, eventsPerConversation);

    public static async Task<VolumeStore> FillAsync(StoreHarness harness, long count, int eventsPerConversation = 8)
    {
        var store = new VolumeStore(harness, count, eventsPerConversation);
        var body = Some.Bytes(200);
        for (var first = 1L; first <= count; first += Batch)
        {
            var last = Math.Min(count, first + Batch - 1);
            NewEvent[] batch = [.. Enumerable.Range(0, (int)(last - first + 1)).Select(offset => store.Event(first + offset, body))];
            await harness.Inbox.AppendAsync(batch);
        }

        return store;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    public static Guid Id(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], unchecked((long)0x8000_0000_0000_0000) | number);
        return new Guid(bytes, bigEndian: true);
    }

    public DateTimeOffset ReceivedAt(long number) =>
        Start.AddTicks(Span.Ticks / Count * number / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);

    /// <summary>Returns the conversation of an event: new ones keep starting, and old ones recur.</summary>
    public ResourceReference Conversation(long number) => Some.Conversation(3_352_000_000 + ConversationOf(number));

    public string NumberText(long number) =>
        (40_000 + ConversationOf(number)).ToString(CultureInfo.InvariantCulture);

    public string Email(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"customer{ConversationOf(number) / 3}@example.org");

    public string Title(long number)
    {
        var conversation = ConversationOf(number);
        var subject = conversation % 10_000 == 9_999 ? "Zebra crossing" : Subjects[Mix(conversation) % Subjects.Length];
        return string.Create(CultureInfo.InvariantCulture, $"{subject} {conversation}");
    }

    private long ConversationOf(long number) => Math.Max(0, number / _eventsPerConversation - Mix(number) % 500);

    /// <summary>A deterministic number that looks random.</summary>
    private static int Mix(long number)
    {
        var mixed = (ulong)number * 0x9E3779B97F4A7C15UL;
        return (int)((mixed ^ (mixed >> 29)) >> 34);
    }

    private static string TypeOf(long number)
    {
        if (number % 50_000 == 17)
        {
            return RareType;
        }

        var share = Mix(number * 31) % 1_000;
        foreach (var (each, name) in Types)
        {
            share -= each;
            if (share < 0)
            {
                return name;
            }
        }

        return Types[0].Name;
    }

    private NewEvent Event(long number, byte[] body)
    {
        var type = TypeOf(number);
        var key = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(key, unchecked((long)((ulong)number * 0x9E3779B97F4A7C15UL)));
        return new NewEvent
        {
            Id = Id(number),
            Source = Mix(number * 7) % 10 == 0 ? "second" : "default",
            EventType = type,
            Facts = Facts(number, type),
            IsDeletion = type.EndsWith(".deleted", StringComparison.Ordinal),
            Body = body,
            Headers = """[["X-HelpScout-Event","convo.created"]]""",
            ReceivedAt = ReceivedAt(number),
            DeduplicationKey = key,
        };
    }

    private EventFacts Facts(long number, string type)
    {
        var conversation = Conversation(number);
        if (type.StartsWith("convo.", StringComparison.Ordinal))
        {
            return number % 20_000 == 3
                ? new EventFacts { State = EventState.Unreadable, StateReason = "The body is empty." }
                : Some.Facts(conversation, ReceivedAt(number)) with
                {
                    ConversationId = 3_352_000_000 + ConversationOf(number),
                    ConversationNumber = 40_000 + ConversationOf(number),
                    MailboxId = Mailbox - 1 + ConversationOf(number) % 5,
                    CustomerId = ConversationOf(number) / 3,
                    CustomerEmail = Email(number),
                    Title = Title(number),
                    Actor = "Maya Lindqvist",
                };
        }

        return type switch
        {
            "helpscout.test" => new EventFacts { State = EventState.Unknown },
            "beacon.chat.created" => Some.Facts(new ResourceReference(ResourceKind.Chat, Id(number).ToString())) with
            {
                Title = "Hello, is the API down?",
                MailboxId = Mailbox,
            },
            "tag.created" => Some.Facts(new ResourceReference(ResourceKind.Tag, conversation.Id)) with { Title = "vip" },
            RareType => Some.Facts(new ResourceReference(ResourceKind.Organization, conversation.Id)),
            _ => Some.Facts(new ResourceReference(ResourceKind.Customer, conversation.Id)) with
            {
                CustomerEmail = Email(number),
                Title = "Zoë Marchetti",
            },
        };
    }
}
