using System.Collections.Frozen;
using System.Globalization;
using Scouthook.Payloads;
using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>The actions of the page, by name. Each does what a customer or a user does in Help Scout.</summary>
internal sealed class AccountActions
{
    private readonly HelpScoutAccount _account;
    private readonly Cast _cast;
    private readonly FrozenDictionary<string, Action<ActionRequest>> _actions;

    public AccountActions(HelpScoutAccount account, int seed)
    {
        _account = account;
        _cast = new Cast(account, new Random(seed), continues: true);
        _actions = Conversations().Concat(Chats()).Concat(Directory()).ToFrozenDictionary();
    }

    /// <summary>The names of all actions.</summary>
    public IReadOnlyCollection<string> Names => _actions.Keys;

    /// <summary>Performs an action.</summary>
    /// <returns>The names of the events it raised; <see langword="null"/> if there is no such action.</returns>
    /// <exception cref="ArgumentException">The account cannot do it.</exception>
    public IReadOnlyList<string>? Perform(string name, ActionRequest request)
    {
        if (!_actions.TryGetValue(name, out var action))
        {
            return null;
        }

        // While the account is locked, no events but those of this action are raised.
        return _account.WhileLocked(() => _account.Recording(() => action(request)));
    }

    private Dictionary<string, Action<ActionRequest>> Conversations() => new()
    {
        ["email"] = Write,
        ["ai-answers"] = _ => _cast.StartAiAnswers(),
        ["customer-reply"] = request => _account.ReplyAsCustomer(Conversation(request), request.Text ?? _cast.CustomerReply()),
        ["agent-reply"] = request => _account.ReplyAsUser(Conversation(request), _cast.Agent(), request.Text ?? _cast.AgentReply()),
        ["note"] = request => _account.AddNote(Conversation(request), _cast.Agent(), request.Text ?? _cast.Note()),
        ["assign"] = request => _account.Assign(
            Conversation(request),
            request.Value switch
            {
                null => _cast.NewAssignee(Conversation(request)),
                "" => null,
                var assignee => Number(assignee),
            },
            _cast.Agent()),
        ["status"] = request => _account.SetStatus(Conversation(request), ConversationStatus.FromText(Required(request.Value)), _cast.Agent()),
        ["tag"] = request => _account.AddTag(Conversation(request), request.Value is { Length: > 0 } tag ? tag : _cast.NewTagFor(Conversation(request))),
        ["untag"] = request => _account.RemoveTag(Conversation(request), Required(request.Value)),
        ["move"] = request => _account.Move(
            Conversation(request), request.Value is { } inbox ? Number(inbox) : _cast.OtherInbox(Conversation(request)), _cast.Agent()),
        ["merge"] = request => _account.Merge(Conversation(request), Number(Required(request.Value)), _cast.Agent()),
        ["snooze"] = request => _account.Snooze(Conversation(request), _cast.Agent(), _account.TimeProvider.GetUtcNow().AddHours(4)),
        ["custom-field"] = request =>
        {
            var (field, value) = _cast.CustomFieldOf(Conversation(request));
            _account.SetCustomField(Conversation(request), field, request.Value ?? value);
        },
        ["rate"] = request => _account.Rate(
            Conversation(request), request.Value is { } value ? RatingValue.FromText(value) : _cast.RatingValue(), request.Text ?? _cast.RatingComment()),
        ["delete"] = request => _account.DeleteConversation(Conversation(request)),
    };

    private Dictionary<string, Action<ActionRequest>> Chats() => new()
    {
        ["chat"] = _ => _cast.StartChat(),
        ["chat-accept"] = request => _account.AcceptChat(Required(request.Id), _cast.Agent()),
        ["chat-reply"] = request => _account.ReplyToChatAsCustomer(Required(request.Id), request.Text ?? _cast.ChatMessage()),
        ["chat-answer"] = request => _account.ReplyToChatAsUser(Required(request.Id), _cast.Agent(), request.Text ?? _cast.ChatAnswer()),
        ["chat-end"] = request => _account.EndChat(Required(request.Id)),
        ["survey"] = request => _account.AnswerSurvey(
            request.Id is null ? _cast.Customer() : Id(request), Cast.SurveyName, _cast.SurveyAnswer()),
    };

    private Dictionary<string, Action<ActionRequest>> Directory() => new()
    {
        ["customer-create"] = request =>
        {
            if (request.Email is { Length: > 0 } email)
            {
                _account.CreateCustomer(email, request.Value);
            }
            else
            {
                _cast.CreateCustomer();
            }
        },
        ["customer-update"] = request => _account.UpdateCustomer(Id(request), _cast.Improve),
        ["customer-delete"] = request => _account.DeleteCustomer(Id(request)),
        ["tag-create"] = request =>
            _account.CreateTag(request.Value is { Length: > 0 } name ? name : _cast.NewTagName(), _cast.TagColor()),
        ["tag-update"] = request => _account.UpdateTag(Id(request), request.Value, _cast.TagColor()),
        ["tag-delete"] = request => _account.DeleteTag(Id(request)),
        ["organization-create"] = request =>
        {
            if (request.Value is { Length: > 0 } name)
            {
                _account.CreateOrganization(name);
            }
            else
            {
                _cast.CreateOrganization();
            }
        },
        ["organization-update"] = request => _account.UpdateOrganization(Id(request), _cast.Improve),
        ["organization-delete"] = request => _account.DeleteOrganization(Id(request)),
        ["user-status"] = request =>
        {
            var user = request.Id is null ? _cast.Agent() : Id(request);
            _ = _account.FindUser(user) ?? throw new ArgumentException($"There is no user {user}.");
            _account.SetUserStatus(user, _cast.NewEmailAvailability(user));
        },
    };

    /// <summary>A customer writes: one that is there, or the sender of the address.</summary>
    private void Write(ActionRequest request)
    {
        if (request is { Email: null, Subject: null, Text: null })
        {
            _cast.StartConversation();
            return;
        }

        var (subject, text) = (request.Subject ?? "Question", request.Text ?? _cast.CustomerReply());
        if (request.Email is { Length: > 0 } email)
        {
            _account.ReceiveEmail(email, subject, text);
        }
        else
        {
            _account.StartConversation(_cast.Customer(), subject, text);
        }
    }

    private long Conversation(ActionRequest request)
    {
        var id = Id(request);
        return _account.FindConversation(id).Conversation is null
            ? throw new ArgumentException($"There is no conversation {id}. It may have been merged or deleted.")
            : id;
    }

    private static long Id(ActionRequest request) => Number(Required(request.Id));

    private static string Required(string? text) =>
        text is { Length: > 0 } ? text : throw new ArgumentException("The action requires an id or a value.");

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ArgumentException($"'{text}' is not an id.");
}
