using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <content>Chats, ratings and surveys.</content>
public sealed partial class HelpScoutAccount
{
    /// <summary>A customer starts a chat in a Beacon: <c>beacon.chat.created</c>.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="text">The first message.</param>
    /// <param name="mailboxId">The inbox of the Beacon; the first if <see langword="null"/>.</param>
    /// <returns>The chat. It has no conversation until it ends.</returns>
    public BeaconChat StartChat(long customerId, string text, long? mailboxId = null)
    {
        ArgumentNullException.ThrowIfNull(text);

        return Change(() => _chats.Start(_data.Customer(customerId), _data.Inbox(mailboxId), text));
    }

    /// <summary>A user accepts a chat. None of the 26 events reports it.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="userId">The user.</param>
    /// <returns>The chat, assigned to the user.</returns>
    public BeaconChat AcceptChat(string chatId, long userId)
    {
        ArgumentNullException.ThrowIfNull(chatId);

        return Change(() => _chats.Accept(chatId, _data.Agent(userId)));
    }

    /// <summary>The customer writes in a chat: <c>beacon.chat.customer.replied</c>.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="text">The message.</param>
    /// <returns>The chat.</returns>
    public BeaconChat ReplyToChatAsCustomer(string chatId, string text)
    {
        ArgumentNullException.ThrowIfNull(chatId);
        ArgumentNullException.ThrowIfNull(text);

        return Change(() => _chats.ReplyAsCustomer(chatId, text));
    }

    /// <summary>A user writes in a chat. None of the 26 events reports it.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="userId">The user.</param>
    /// <param name="text">The message.</param>
    /// <returns>The chat.</returns>
    public BeaconChat ReplyToChatAsUser(string chatId, long userId, string text)
    {
        ArgumentNullException.ThrowIfNull(chatId);
        ArgumentNullException.ThrowIfNull(text);

        return Change(() => _chats.ReplyAsUser(chatId, _data.Agent(userId), text));
    }

    /// <summary>Ends a chat, which makes it a conversation: <c>convo.created</c>.</summary>
    /// <param name="chatId">The chat.</param>
    /// <returns>The conversation. Its only thread is the transcript.</returns>
    public Conversation EndChat(string chatId)
    {
        ArgumentNullException.ThrowIfNull(chatId);

        return Change(() => _chats.End(chatId).Snapshot(_data));
    }

    /// <summary>The customer rates the newest reply of a user: <c>satisfaction.ratings</c>.</summary>
    /// <param name="conversationId">The conversation. It must have such a reply.</param>
    /// <param name="value">The rating: great, okay or not good.</param>
    /// <param name="comments">The comment, if any.</param>
    /// <returns>The rating. Rating the same reply again changes it.</returns>
    public Rating Rate(long conversationId, RatingValue value, string? comments = null) =>
        Change(() => _feedback.Rate(_data.Conversation(conversationId), value, comments));

    /// <summary>A customer answers a survey: <c>message.survey.response.received</c>.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="surveyName">The name of the survey message.</param>
    /// <param name="answer">The answer. Its time is replaced by the current one.</param>
    /// <returns>The response. It is not stored: it exists only as an event.</returns>
    public SurveyResponse AnswerSurvey(long customerId, string surveyName, SurveyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(surveyName);
        ArgumentNullException.ThrowIfNull(answer);

        return Change(() => _feedback.AnswerSurvey(_data.Customer(customerId), surveyName, answer));
    }
}
