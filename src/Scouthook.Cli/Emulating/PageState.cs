using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>Reads everything that the page shows. Lists are limited to what a person reads; the API has the rest.</summary>
internal sealed class PageState(HelpScoutEmulator emulator, BusyDayControl day, EventRecord record)
{
    private const int MaxConversations = 40;
    private const int MaxEntries = 20;
    private const int MaxAttempts = 40;

    private HelpScoutAccount Account => emulator.Account;

    /// <summary>Returns the state as an object to serialize.</summary>
    public object Read()
    {
        var (count, latest) = record.Read();
        return new
        {
            Address = emulator.Address.GetLeftPart(UriPartial.Authority),
            emulator.ClientId,
            emulator.ClientSecret,
            day.Rate,
            EventTypes = HelpScoutEventCatalog.All.Select(type => type.Name),
            EventCount = count,
            Events = latest,
            Chaos = ChaosSwitch.All.Select(disturbance => new
            {
                disturbance.Name, disturbance.Description, disturbance.Rate, Probability = disturbance.Get(emulator.Chaos),
            }),
            Account = Account.WhileLocked(ReadAccount),
            Webhooks = emulator.Webhooks.Select(Webhook),
        };
    }

    private object ReadAccount()
    {
        var inboxes = Account.Inboxes.ToDictionary(inbox => inbox.Id, inbox => inbox.Name);
        var conversations = Account.QueryConversations(
            new() { SortField = ConversationSortField.ModifiedAt, PageSize = MaxConversations });
        var customers = Account.Customers;
        var organizations = Account.Organizations;
        var tags = Account.Tags;
        return new
        {
            Inboxes = inboxes.Select(inbox => new { Id = inbox.Key, Name = inbox.Value }),
            Users = Account.Users.Where(user => user.Id != Persons.HelpScoutId).Select(user => new
            {
                user.Id, Name = $"{user.FirstName} {user.LastName}".Trim(), Status = user.Status.Email?.Status?.Text,
            }),
            Teams = Account.Teams.Select(team => new { team.Id, team.Name }),
            ConversationCount = conversations.TotalItems,
            Conversations = conversations.Items.Select(conversation => Conversation(conversation, inboxes)),
            Chats = Account.Chats.Where(chat => chat.EndedAt is null).Take(MaxEntries).Select(chat => new
            {
                chat.Id, Customer = NameOf(chat.Customer), Assignee = NameOf(chat.Assignee), chat.Preview,
            }),
            CustomerCount = customers.Count,
            Customers = customers.TakeLast(MaxEntries).Reverse().Select(customer => new
            {
                customer.Id,
                Name = $"{customer.FirstName} {customer.LastName}".Trim(),
                Email = customer.Embedded.Emails is [var email, ..] ? email.Value : null,
            }),
            OrganizationCount = organizations.Count,
            Organizations = organizations.TakeLast(MaxEntries).Reverse().Select(organization => new { organization.Id, organization.Name }),
            TagCount = tags.Count,
            Tags = tags.TakeLast(MaxEntries).Reverse().Select(tag => new { tag.Id, tag.Name, tag.Color }),
        };
    }

    private static object Conversation(Conversation conversation, Dictionary<long, string> inboxes) => new
    {
        conversation.Id,
        conversation.Number,
        conversation.Subject,
        Status = conversation.Status?.Text,
        IsSnoozed = conversation.Snooze is not null,
        Inbox = inboxes.GetValueOrDefault(conversation.MailboxId ?? 0),
        Customer = NameOf(conversation.PrimaryCustomer) ?? conversation.PrimaryCustomer?.Email,
        Assignee = NameOf(conversation.Assignee),
        AssigneeId = conversation.Assignee?.Id,
        Tags = conversation.Tags.Select(tag => tag.Tag),
        Threads = conversation.ThreadCount,
    };

    private static object Webhook(EmulatedWebhook webhook) => new
    {
        webhook.Id,
        webhook.Url,
        webhook.Label,
        webhook.IsEnabled,
        webhook.DisabledReason,
        EventCount = webhook.Events.Count,
        Event = webhook.Events.Count == 1 ? webhook.Events[0] : null,
        InboxCount = webhook.MailboxIds.Count,
        webhook.Notification,
        webhook.PayloadVersion,
        webhook.Discards,
        webhook.Pending,
        Log = webhook.DeliveryLog.TakeLast(MaxAttempts).Reverse().Select(attempt => new
        {
            Event = attempt.EventNumber,
            Name = attempt.EventName,
            attempt.Number,
            At = attempt.StartedAt,
            Milliseconds = (long)attempt.Duration.TotalMilliseconds,
            StatusCode = (int?)attempt.StatusCode,
            Failure = attempt.Failure is { } failure ? CommandLine.NetworkFailure.Describe(failure) : null,
            Outcome = attempt.Outcome.ToString(),
            NextAt = attempt.NextAttemptAt,
            Effects = AttemptText.Effects(attempt),
        }),
    };

    /// <returns>The name; <see langword="null"/> for nobody.</returns>
    private static string? NameOf(Person? person) => person is null or { Id: 0 } ? null
        : $"{person.First} {person.Last}".Trim() is { Length: > 0 } name ? name
        : person.Email;
}
