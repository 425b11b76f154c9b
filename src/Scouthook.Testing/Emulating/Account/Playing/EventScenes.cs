using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Makes an event of a given type happen in an account, together with whatever it requires before.</summary>
/// <param name="account">The account to change.</param>
/// <param name="cast">Picks people, conversations and texts.</param>
/// <param name="before">Is called with the time between the next action and the event that the scene is about.</param>
internal sealed class EventScenes(HelpScoutAccount account, Cast cast, Action<TimeSpan> before)
{
    private static readonly TimeSpan LongBefore = new(0, 47, 12);

    private static readonly TimeSpan ShortlyBefore = new(0, 3, 41);

    /// <summary>Plays the scene of one event name.</summary>
    /// <exception cref="ArgumentException">The name is not in the catalogue.</exception>
    public void Play(string eventName)
    {
        ArgumentNullException.ThrowIfNull(eventName);

        before(LongBefore);
        switch (eventName)
        {
            case "convo.created":
                Now();
                cast.StartConversation();
                break;
            case "convo.customer.reply.created":
                InConversation(id => account.ReplyAsCustomer(id, cast.CustomerReply(), cast.Attachments()));
                break;
            case "convo.agent.reply.created":
                InConversation(id => account.ReplyAsUser(
                    id, cast.Agent(), cast.AgentReply(), ConversationStatus.Pending, cast.Attachments()));
                break;
            case "convo.note.created":
                InConversation(id => account.AddNote(id, cast.Agent(), cast.Note()));
                break;
            case "convo.assigned":
                InConversation(id => account.Assign(id, cast.NewAssignee(id), cast.Agent()));
                break;
            case "convo.status":
                InConversation(id => account.SetStatus(id, cast.NewStatus(id), cast.AgentOrAutomation()));
                break;
            case "convo.tags":
                InConversation(id => account.AddTag(id, cast.NewTagFor(id)));
                break;
            case "convo.moved":
                InConversation(id => account.Move(id, cast.OtherInbox(id), cast.Agent()));
                break;
            case "convo.merged":
                Merge();
                break;
            case "convo.custom-fields":
                InConversation(SetCustomField);
                break;
            case "convo.deleted":
                InConversation(account.DeleteConversation);
                break;
            case "convo.ai-answers.created":
                Now();
                cast.StartAiAnswers();
                break;
            case "satisfaction.ratings":
                Rate();
                break;
            case "beacon.chat.created":
                Now();
                cast.StartChat();
                break;
            case "beacon.chat.customer.replied":
                Chat();
                break;
            case "message.survey.response.received":
                Now();
                account.AnswerSurvey(cast.Customer(), Cast.SurveyName, cast.SurveyAnswer());
                break;
            case "user.status.changed":
                var user = cast.UserToChange();
                Now();
                account.SetUserStatus(user, cast.NewEmailAvailability(user), cast.ChatAvailability());
                break;
            default:
                PlayInDirectory(eventName);
                break;
        }
    }

    /// <summary>Plays scenes of customers, organizations and tags.</summary>
    private void PlayInDirectory(string eventName)
    {
        switch (eventName)
        {
            case "customer.created":
                Now();
                cast.CreateCustomer();
                break;
            case "customer.updated":
                var customer = cast.Customer();
                Now();
                account.UpdateCustomer(customer, cast.Improve);
                break;
            case "customer.deleted":
                var leaver = cast.CreateCustomer();
                Now();
                account.DeleteCustomer(leaver);
                break;
            case "organization.created":
                Now();
                cast.CreateOrganization();
                break;
            case "organization.updated":
                var organization = cast.CreateOrganization();
                Now();
                account.UpdateOrganization(organization, cast.Improve);
                break;
            case "organization.deleted":
                var closed = cast.CreateOrganization();
                Now();
                account.DeleteOrganization(closed);
                break;
            case "tag.created":
                Now();
                cast.CreateTag();
                break;
            case "tag.updated":
                var tag = cast.CreateTag();
                Now();
                account.UpdateTag(tag, color: cast.TagColor());
                break;
            case "tag.deleted":
                var unused = cast.CreateTag();
                Now();
                account.DeleteTag(unused);
                break;
            default:
                throw new ArgumentException(
                    $"There is no scene for {eventName}: it is not one of the 26 names of the catalogue.", nameof(eventName));
        }
    }

    private void InConversation(Action<long> act)
    {
        var id = cast.Conversation();
        Now();
        act(id);
    }

    private void Merge()
    {
        var surviving = cast.Conversation();
        before(ShortlyBefore);
        var merged = cast.StartConversation(account.FindConversation(surviving).Conversation!.PrimaryCustomer!.Id);
        Now();
        account.Merge(surviving, merged, cast.Agent());
    }

    private void SetCustomField(long id)
    {
        var (field, value) = cast.CustomFieldOf(id);
        account.SetCustomField(id, field, value);
    }

    private void Rate()
    {
        var id = cast.Conversation();
        before(ShortlyBefore);
        account.ReplyAsUser(id, cast.Agent(), cast.AgentReply(), ConversationStatus.Closed);
        Now();
        account.Rate(id, cast.RatingValue(), cast.RatingComment());
    }

    private void Chat()
    {
        var id = cast.StartChat();
        before(ShortlyBefore);
        var agent = cast.Agent();
        account.AcceptChat(id, agent);
        account.ReplyToChatAsUser(id, agent, cast.ChatAnswer());
        Now();
        account.ReplyToChatAsCustomer(id, cast.ChatMessage());
    }

    private void Now() => before(TimeSpan.Zero);
}
