using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Every kind of list query on the data of <see cref="VolumeStore"/>.</summary>
internal static class EventKinds
{
    public static IReadOnlyList<(string Name, EventQuery Query)> Of(VolumeStore store)
    {
        var middle = store.ReceivedAt(store.Count / 2);
        var about = store.Conversation(store.Count / 2);
        var start = store.ReceivedAt(0);
        var end = store.ReceivedAt(store.Count);
        return
        [
            ("newest", new()),
            ("next page", new() { Cursor = PositionCursor.Write(store.Count / 2) }),
            ("type, common", new() { EventTypes = ["convo.customer.reply.created"] }),
            ("type, rare", new() { EventTypes = [VolumeStore.RareType] }),
            ("type, unheard of", new() { EventTypes = ["no.such.event"] }),
            ("type, pattern", new() { EventTypes = ["convo.*"] }),
            ("type, two patterns", new() { EventTypes = ["customer.*", "tag.*"] }),
            ("source", new() { Source = "second" }),
            ("source, unheard of", new() { Source = "none" }),
            ("inbox", new() { MailboxId = VolumeStore.Mailbox }),
            ("inbox, unheard of", new() { MailboxId = 1 }),
            ("resource", new() { Resource = about }),
            ("resource, chat", new() { Resource = new(ResourceKind.Chat, "0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704") }),
            ("resource, unheard of", new() { Resource = new(ResourceKind.Conversation, "1") }),
            ("state ok", new() { State = EventState.Ok }),
            ("state unreadable", new() { State = EventState.Unreadable }),
            ("state, none", new() { State = EventState.Notification }),
            ("since", new() { Since = middle }),
            ("since, almost all", new() { Since = start }),
            ("since, none", new() { Since = end.AddDays(1) }),
            ("until", new() { Until = middle }),
            ("until, almost none", new() { Until = start.AddMinutes(1) }),
            ("since and until, one hour", new() { Since = middle, Until = middle.AddHours(1) }),
            ("since and until, empty", new() { Since = middle, Until = middle }),
            ("type and inbox", new() { EventTypes = ["convo.tags"], MailboxId = VolumeStore.Mailbox }),
            ("rare type and inbox, none", new() { EventTypes = [VolumeStore.RareType], MailboxId = 1 }),
            ("common type and inbox, none", new() { EventTypes = ["customer.updated"], MailboxId = VolumeStore.Mailbox }),
            ("source and inbox, none", new() { Source = "second", MailboxId = 1 }),
            ("source and state, rare", new() { Source = "second", State = EventState.Unreadable }),
            ("type, source, inbox, one hour", new() { EventTypes = ["convo.*"], Source = "default", MailboxId = VolumeStore.Mailbox, Since = middle, Until = middle.AddHours(1) }),
            ("resource and type", new() { Resource = about, EventTypes = ["convo.*"] }),
            ("ok and type pattern, none", new() { State = EventState.Unreadable, EventTypes = ["customer.*"], Source = "second" }),
            ("q, number", new() { Text = store.NumberText(store.Count / 2) }),
            ("q, resource id", new() { Text = about.Id }),
            ("q, event id", new() { Text = VolumeStore.Id(store.Count / 2).ToString() }),
            ("q, e-mail", new() { Text = store.Email(store.Count / 2) }),
            ("q, title", new() { Text = store.Title(store.Count / 2) }),
            ("q, rare prefix", new() { Text = "Zebra" }),
            ("q, common prefix", new() { Text = "Invoice" }),
            ("q, middling prefix", new() { Text = store.Title(store.Count / 2)[..^2] }),
            ("q, one letter, common", new() { Text = "i" }),
            ("q, one letter, rare", new() { Text = "z" }),
            ("q, one digit", new() { Text = "7" }),
            ("q, one letter, none", new() { Text = "ü" }),
            ("q, nothing", new() { Text = "no such title" }),
            ("q common and inbox, none", new() { Text = "Invoice", MailboxId = 1 }),
            ("q common and rare type", new() { Text = "Invoice", EventTypes = [VolumeStore.RareType] }),
            ("q and one hour", new() { Text = "re", Since = middle, Until = middle.AddHours(1) }),
        ];
    }
}
