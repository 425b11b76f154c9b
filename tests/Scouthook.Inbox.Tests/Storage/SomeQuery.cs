using CsCheck;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>Generates stores and queries over few values, so that conditions often coincide.</summary>
internal static class SomeQuery
{
    private static readonly string[] Names =
        ["convo.created", "convo.tags", "convo.customer.reply.created", "convoy.sent", "customer.updated", "tag.deleted",
        "helpscout.test", "", "CONVO.TAGS", "convo"];

    private static readonly string[] Patterns =
        ["*", "convo.*", "convo.customer.*", "convo.tags", "customer.*", "tag.deleted", "helpscout.test", "nothing.*", "none"];

    private static readonly string?[] Titles =
        [null, "Invoice #2026/114 – wrong VAT", "invoice", "INVOICE 7", "100% off", "100 off", "100_% off", "a_b", "axb",
        "Ärger mit Umlaut", "ärger", "Straße", "Σίσυφος", "σίσυφοσ", "Refund 😀 please", "Refund", @"C:\temp", "12", "1234",
        "日本語の件名", "it's \"quoted\"", "[SPAM] *", "re: x", "Re: X"];

    private static readonly string?[] Emails =
        [null, "zoe@example.org", "ZOE@Example.org", "zoe@example.org.evil.test", "jürgen@example.net", "a_b@example.net", "1234"];

    private static readonly ResourceReference?[] Resources =
        [null, new(ResourceKind.Conversation, "12"), new(ResourceKind.Conversation, "1234"), new(ResourceKind.Tag, "12"),
        new(ResourceKind.Chat, "12"), new(ResourceKind.Chat, "0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704"),
        new(ResourceKind.Chat, "CHAT-Ü"), new(ResourceKind.User, "-5"), new(ResourceKind.Organization, "9223372036854775807")];

    public static Gen<EventFacts> Facts { get; } = Gen.Select(
        Gen.OneOf(Resources), Gen.OneOf(Titles), Gen.OneOf(Emails),
        Gen.OneOf<long?>(null, 12, 1234, 99), Gen.OneOf<long?>(null, 1, 2, long.MaxValue),
        Gen.Enum<EventState>(),
        (resource, title, email, number, mailbox, state) => new EventFacts
        {
            State = state,
            Resource = resource,
            OrdersWith = resource,
            Title = title,
            CustomerEmail = email,
            ConversationNumber = number,
            MailboxId = mailbox,
        });

    /// <summary>Events whose times of receipt are out of order, as after a clock change.</summary>
    public static Gen<NewEvent> Event { get; } = Gen.Select(
        Gen.OneOf(Names), Gen.OneOf("default", "second", "Second"), Facts, Gen.Int[0, 50],
        (name, source, facts, minutes) =>
            Some.Event(name, facts, source: source, receivedAt: Some.Instant.AddMinutes(minutes)));

    private static readonly Gen<DateTimeOffset?> Instants = Gen.Int[-5, 55].Select(
        minutes => (DateTimeOffset?)Some.Instant.AddMinutes(minutes));

    private static readonly Gen<string> Texts = Gen.Select(
        Gen.OneOf([.. Titles.Concat(Emails).OfType<string>(), .. Resources.Select(it => it?.Id).OfType<string>(), "%", "_", "absent"]),
        Gen.Int[0, 20], Gen.Int[0, 3], Gen.Bool,
        (text, length, letters, pad) => Cased(Head(text, length), letters) + (pad ? " " : ""));

    public static Gen<EventQuery> Query { get; } = Gen.Select(
        Gen.OneOf(Patterns).Array[0, 3], Sometimes(Gen.OneOf<string?>("default", "second", "Second", "none")),
        Sometimes(Gen.OneOf(Resources)), Sometimes(Gen.OneOf<long?>(1, 2, 3, long.MaxValue)),
        Sometimes(Gen.Enum<EventState>().Select(state => (EventState?)state)), Sometimes(Instants), Sometimes(Instants),
        Gen.Frequency((3, Gen.Const("")), (2, Texts)),
        (types, source, resource, mailbox, state, since, until, text) => new EventQuery
        {
            EventTypes = types,
            Source = source,
            Resource = resource,
            MailboxId = mailbox,
            State = state,
            Since = since,
            Until = until,
            Text = text,
        });

    private static Gen<T> Sometimes<T>(Gen<T> gen) => Gen.Frequency((3, Gen.Const(default(T)!)), (1, gen));

    private static string Head(string text, int length)
    {
        var end = Math.Min(length, text.Length);
        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    private static string Cased(string text, int letters) => letters switch
    {
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        _ => text,
    };
}
