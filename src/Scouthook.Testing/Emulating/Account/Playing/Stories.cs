using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>The stories of a busy day, each a sequence of steps that raise at least one event.</summary>
/// <remarks>
/// Other people act in the same account between two steps. So a story ends early when what it is about has been deleted or
/// merged meanwhile.
/// </remarks>
internal sealed class Stories(HelpScoutAccount account, Cast cast, Random random)
{
    /// <summary>Starts a story; the most frequent one is an email conversation.</summary>
    public IEnumerator<long> Start() => random.Next(100) switch
    {
        < 60 => Email(),
        < 75 => Chat(),
        < 82 => AiAnswers(),
        < 87 => Survey(),
        < 91 => Availability(),
        < 94 => CustomerRecord(),
        < 97 => OrganizationRecord(),
        _ => TagRecord(),
    };

    private IEnumerator<long> Email()
    {
        var id = Chance(30) ? cast.ReceiveFirstEmail()
            : Chance(12) ? account.StartConversationAsUser(
                cast.Agent(), cast.Customer(), "Your renewal in April", cast.AgentReply(), cast.Inbox()).Id
            : cast.StartConversation();
        yield return id;

        if (Chance(6) && Exists(id))
        {
            account.SetStatus(id, ConversationStatus.Spam, cast.AgentOrAutomation());
            yield return id;

            if (Chance(60) && Exists(id))
            {
                account.DeleteConversation(id);
                yield return id;
            }

            yield break;
        }

        foreach (var step in (IEnumerable<Func<bool>>)[() => Triage(id), () => Tag(id), () => Move(id), () => SetField(id), () => Merge(id)])
        {
            if (Exists(id) && step())
            {
                yield return id;
            }
        }

        for (var steps = Answer(id); steps.MoveNext();)
        {
            yield return id;
        }
    }

    /// <summary>Has a user answer and the customer reply for some rounds, until the conversation is closed and rated.</summary>
    private IEnumerator<long> Answer(long id)
    {
        for (var rounds = random.Next(1, 5); rounds > 0 && Exists(id); rounds--)
        {
            if (Chance(25))
            {
                account.AddNote(id, cast.Agent(), cast.Note());
                yield return id;
            }

            if (Exists(id))
            {
                var status = rounds == 1 ? ConversationStatus.Closed : ConversationStatus.Pending;
                account.ReplyAsUser(id, cast.Agent(), cast.AgentReply(), Chance(80) ? status : null, cast.Attachments());
                if (Chance(10))
                {
                    account.Snooze(id, cast.Agent(), account.TimeProvider.GetUtcNow() + TimeSpan.FromHours(random.Next(1, 72)));
                }

                yield return id;
            }

            if (rounds > 1 && Exists(id))
            {
                account.ReplyAsCustomer(id, cast.CustomerReply(), cast.Attachments());
                yield return id;
            }
        }

        if (Exists(id) && account.FindConversation(id).Conversation!.Status != ConversationStatus.Closed)
        {
            account.SetStatus(id, ConversationStatus.Closed, cast.AgentOrAutomation());
            yield return id;
        }

        if (Chance(35) && Exists(id))
        {
            account.Rate(id, cast.RatingValue(), cast.RatingComment());
            yield return id;
        }

        if (Chance(4) && Exists(id))
        {
            account.DeleteConversation(id);
            yield return id;
        }
    }

    private IEnumerator<long> Chat()
    {
        var id = cast.StartChat();
        yield return 0;

        var agent = cast.Agent();
        var accepted = Chance(85);
        for (var rounds = random.Next(1, 6); rounds > 0 && IsLive(id); rounds--)
        {
            if (accepted)
            {
                if (account.FindChat(id)!.Assignee is null)
                {
                    account.AcceptChat(id, agent);
                }

                account.ReplyToChatAsUser(id, agent, cast.ChatAnswer());
            }

            account.ReplyToChatAsCustomer(id, cast.ChatMessage());
            yield return 0;
        }

        if (IsLive(id))
        {
            var conversation = account.EndChat(id).Id;
            yield return conversation;

            if (!accepted)
            {
                for (var steps = Answer(conversation); steps.MoveNext();)
                {
                    yield return conversation;
                }
            }
        }
    }

    private IEnumerator<long> AiAnswers()
    {
        var id = cast.StartAiAnswers();
        yield return id;

        for (var steps = Answer(id); steps.MoveNext();)
        {
            yield return id;
        }
    }

    private IEnumerator<long> Survey()
    {
        account.AnswerSurvey(cast.Customer(), Cast.SurveyName, cast.SurveyAnswer());
        yield return 0;
    }

    private IEnumerator<long> Availability()
    {
        var user = cast.Agent();
        account.SetUserStatus(user, cast.NewEmailAvailability(user), cast.ChatAvailability());
        yield return 0;
    }

    private IEnumerator<long> CustomerRecord()
    {
        var isNew = Chance(40);
        var id = isNew ? cast.CreateCustomer() : cast.Customer();
        if (isNew)
        {
            yield return 0;
        }

        if (account.FindCustomer(id) is not null)
        {
            account.UpdateCustomer(id, cast.Improve);
            yield return 0;
        }

        if (isNew && Chance(50) && account.FindCustomer(id) is not null)
        {
            account.DeleteCustomer(id);
            yield return 0;
        }
    }

    private IEnumerator<long> OrganizationRecord()
    {
        var id = cast.CreateOrganization();
        yield return 0;

        if (account.FindOrganization(id) is not null)
        {
            account.UpdateOrganization(id, cast.Improve);
            var customer = cast.Customer();
            account.UpdateCustomer(customer, value => value with { OrganizationId = id });
            yield return 0;
        }

        if (Chance(70) && account.FindOrganization(id) is not null)
        {
            account.DeleteOrganization(id);
            yield return 0;
        }
    }

    private IEnumerator<long> TagRecord()
    {
        var id = cast.CreateTag();
        yield return 0;

        if (account.FindTag(id) is not null)
        {
            account.UpdateTag(id, color: cast.TagColor());
            yield return 0;
        }

        // Few tags stay: a list of hundreds is of no use to a team.
        if (Chance(85) && account.FindTag(id) is not null)
        {
            account.DeleteTag(id);
            yield return 0;
        }
    }

    private bool Triage(long id) => Chance(55) && Done(() => account.Assign(id, cast.NewAssignee(id), cast.AgentOrAutomation()));

    private bool Tag(long id) => Chance(40) && Done(() => account.AddTag(id, cast.NewTagFor(id)));

    private bool Move(long id) => Chance(15) && Done(() => account.Move(id, cast.OtherInbox(id), cast.Agent()));

    private bool SetField(long id) => Chance(20) && Done(() =>
    {
        var (field, value) = cast.CustomFieldOf(id);
        account.SetCustomField(id, field, value);
    });

    /// <summary>The customer writes a second time about the same, and a user merges the two.</summary>
    private bool Merge(long id) => Chance(7) && Done(() => account.Merge(
        id, cast.StartConversation(account.FindConversation(id).Conversation!.PrimaryCustomer!.Id), cast.Agent()));

    private bool Exists(long id) => account.FindConversation(id).Conversation is not null;

    private bool IsLive(string id) => account.FindChat(id) is { EndedAt: null };

    private bool Chance(int percent) => random.Next(100) < percent;

    private static bool Done(Action action)
    {
        action();
        return true;
    }
}
