using System.Globalization;
using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Playing;
using Scouthook.Testing.Emulating.Account.Writing;

namespace Scouthook.Testing;

/// <summary>Picks who acts, on what, and in which words; deterministic from the random numbers.</summary>
/// <param name="account">The account to pick from.</param>
/// <param name="random">The random numbers.</param>
/// <param name="continues">
/// Continues conversations that are there, if there are some, instead of starting one for every scene.
/// </param>
internal sealed class Cast(HelpScoutAccount account, Random random, bool continues)
{
    public const string SurveyName = "Pulse: “how are we doing?”";

    private const int MaxCustomers = 200;

    private static readonly string[] Colors = ["blue", "green", "orange", "purple", "red", "yellow"];

    private static readonly ConversationStatus[] Statuses =
        [ConversationStatus.Active, ConversationStatus.Pending, ConversationStatus.Closed];

    private readonly List<long> _customers = [.. account.Customers.Select(customer => customer.Id)];

    private int _made;

    public long Agent() => random.Pick(Agents());

    public long AgentOrAutomation() => random.Next(4) == 0 ? Persons.HelpScoutId : Agent();

    /// <summary>Picks one of the customers that the account began with or that were created here.</summary>
    public long Customer()
    {
        while (_customers.Count > 0)
        {
            var position = random.Next(_customers.Count);
            if (account.FindCustomer(_customers[position]) is { } customer)
            {
                return customer.Id;
            }

            _customers.RemoveAt(position);
        }

        return CreateCustomer();
    }

    public long Inbox() => random.Next(4) == 0 ? account.Inboxes[^1].Id : account.Inboxes[0].Id;

    public string CustomerReply() => random.Pick(Vocabulary.CustomerReplies);

    public string AgentReply() => random.Pick(Vocabulary.AgentReplies);

    public string Note() => random.Pick(Vocabulary.Notes);

    public string ChatMessage() => random.Pick(Vocabulary.ChatMessages);

    public string ChatAnswer() => random.Pick(Vocabulary.ChatAnswers);

    public string RatingComment() => random.Pick(Vocabulary.RatingComments);

    public string TagColor() => random.Pick(Colors);

    public IReadOnlyList<Attachment>? Attachments() => AttachmentSamples.Pick(random);

    public RatingValue RatingValue() =>
        random.Pick([Payloads.RatingValue.Great, Payloads.RatingValue.Great, Payloads.RatingValue.Okay, Payloads.RatingValue.NotGood]);

    public long StartConversation(long? customerId = null)
    {
        var (subject, body) = Question();
        return account.StartConversation(customerId ?? Customer(), subject, body, Inbox(), Attachments()).Id;
    }

    /// <summary>Starts a conversation with a customer who has not written before.</summary>
    public long ReceiveFirstEmail()
    {
        var (subject, body) = Question();
        var address = NewAddress(random.Pick(Vocabulary.People).First);
        var conversation = account.ReceiveEmail(address, subject, body, Inbox(), Attachments());
        Remember(conversation.PrimaryCustomer!.Id!.Value);
        return conversation.Id;
    }

    public long Conversation()
    {
        var open = continues
            ? account.QueryConversations(new() { Status = ConversationStatus.Active, SortField = ConversationSortField.ModifiedAt }).Items
            : [];
        return open.Count > 0 ? random.Pick(open).Id : StartConversation();
    }

    public long StartAiAnswers() => account.StartAiAnswersConversation(
        Customer(), "How do I change the seat count?", "You can change it under Settings → Billing.",
        "I still need a person for this, please.", Inbox()).Id;

    public string StartChat() => account.StartChat(Customer(), ChatMessage(), Inbox()).Id;

    public long NewAssignee(long conversationId)
    {
        var current = Find(conversationId).Assignee?.Id;
        return random.Pick([.. Agents().Concat(account.Teams.Select(team => team.Id)).Where(id => id != current)]);
    }

    public ConversationStatus NewStatus(long conversationId)
    {
        var current = Find(conversationId).Status;
        return random.Pick([.. Statuses.Where(status => status != current)]);
    }

    public string NewTagFor(long conversationId)
    {
        var present = Find(conversationId).Tags.Select(tag => tag.Id).ToHashSet();
        var free = account.Tags.Where(tag => !present.Contains(tag.Id)).ToList();
        return free.Count == 0 ? NewTagName() : random.Pick(free).Name!;
    }

    public string NewTagName()
    {
        var name = random.Pick(Vocabulary.NewTags);
        return account.Tags.Any(tag => tag.Name == name) ? $"{name} {Number()}" : name;
    }

    public long OtherInbox(long conversationId)
    {
        var current = Find(conversationId).MailboxId;
        return account.Inboxes.First(inbox => inbox.Id != current).Id;
    }

    public (long Field, string Value) CustomFieldOf(long conversationId)
    {
        var mailboxId = Find(conversationId).MailboxId;
        var field = random.Pick(account.Inboxes.First(inbox => inbox.Id == mailboxId).CustomFields);
        return (field.Id, field.Type switch
        {
            "DROPDOWN" => random.Pick([.. field.Options.Keys]).ToString(CultureInfo.InvariantCulture),
            "DATE" => string.Create(CultureInfo.InvariantCulture, $"2027-{random.Next(1, 13):00}-{random.Next(1, 29):00}"),
            "NUMBER" => random.Next(1, 500).ToString(CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"AC/{random.Next(10, 99)}-{random.Next(10, 99)}"),
        });
    }

    public long CreateCustomer()
    {
        var (first, last) = random.Pick(Vocabulary.People);
        return Remember(account.CreateCustomer(NewAddress(first), first, last).Id);
    }

    public Customer Improve(Customer customer) => customer with
    {
        Gender = random.Pick(Gender.Known),
        JobTitle = random.Pick(Vocabulary.JobTitles),
        Location = "Torino, IT",
        Age = "30-35",
        Background = "Prefers e-mail. “VIP” since 2024.",
        Embedded = customer.Embedded with
        {
            Phones = [new() { Value = $"+39 011 555 {random.Next(1000, 9999)}", Type = ContactType.Work }],
            Chats = [new() { Value = $"chat.{Number()}", Type = ContactType.Aim }],
            SocialProfiles = [new() { Value = "https://social.example.com/" + Number(), Type = ContactType.Twitter }],
            Websites = [new() { Value = "https://www.example.org/" }],
            Properties =
            [
                new() { Type = "text", Slug = "erp-id", Name = "ERP id", Value = "C-00412", Text = "C-00412", Source = new() { Name = "api" } },
                new() { Type = "dropdown", Slug = "tier", Name = "Tier", Value = "gold", Text = "Gold ★", Source = new() { Name = "Billing sync" } },
            ],
            Address = new()
            {
                City = "Torino", State = "TO", PostalCode = "10121", Country = "IT", Lines = ["Via dell'Esempio 4", "c/o Officina Nord"],
            },
        },
    };

    public long CreateOrganization()
    {
        var (name, domain) = random.Pick(Vocabulary.Companies);
        return account.CreateOrganization(name, domain).Id;
    }

    public Organization Improve(Organization organization) => organization with
    {
        Website = organization.Domains is [var domain, ..] ? domain : null,
        Description = "Machine parts",
        Location = "IT",
        LogoUrl = $"https://cdn.example.com/org/{organization.Id}/logo.png",
        Note = "Renews each April",
        Phones = [$"+39 011 555 {random.Next(1000, 9999)}", "011-555-0101 ext. 4"],
        BrandColor = "#0A5FFF",
    };

    public long CreateTag() => account.CreateTag(NewTagName(), TagColors.Default).Id;

    /// <summary>Returns a user whose availability changes: a new one where no two events may be about the same thing.</summary>
    public long UserToChange()
    {
        if (continues)
        {
            return Agent();
        }

        var (first, last) = random.Pick(Vocabulary.People);
        return account.CreateUser(NewAddress(first), first, last).Id;
    }

    public EmailAvailabilityStatus NewEmailAvailability(long userId) =>
        account.FindUser(userId)!.Status.Email!.Status == EmailAvailabilityStatus.Active
            ? EmailAvailabilityStatus.Away
            : EmailAvailabilityStatus.Active;

    public ChatAvailabilityStatus ChatAvailability() => random.Pick(ChatAvailabilityStatus.Known);

    public SurveyAnswer SurveyAnswer() => random.Next(3) switch
    {
        0 => new() { Name = "Happy", Value = "😀", Comment = "Schnelle Antwort, danke!" },
        1 => new() { Value = "9", Category = NpsCategory.Promoter },
        _ => new() { Comment = "The new editor loses my cursor… otherwise fine." },
    };

    /// <summary>Returns a subject and a text. The subject may be empty on a busy day, but not in a generated event.</summary>
    private (string Subject, string Body) Question() =>
        random.Pick([.. Vocabulary.Questions.Where(question => continues || question.Subject.Length > 0)]);

    private long Remember(long customerId)
    {
        // Bounded: a day may be long.
        if (_customers.Count == MaxCustomers)
        {
            _customers.RemoveAt(random.Next(MaxCustomers));
        }

        _customers.Add(customerId);
        return customerId;
    }

    private IReadOnlyList<long> Agents() =>
        [.. account.Users.Select(user => user.Id).Where(id => id is not (Persons.HelpScoutId or Company.AiAnswersId))];

    private Conversation Find(long conversationId) =>
        account.FindConversation(conversationId).Conversation ?? throw new InvalidOperationException("The conversation is gone.");

    private string NewAddress(string firstName) => $"{DerivedText.Slug(firstName)}.{Number()}@example.net";

    private string Number() => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1000):000}{++_made}");
}
