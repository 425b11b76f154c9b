using System.Collections.Frozen;

namespace Scouthook.AsyncApi.Model;

/// <summary>The wording of one message.</summary>
/// <param name="Title">Its title for readers.</param>
/// <param name="Summary">When Help Scout sends it.</param>
/// <param name="Notes">Further notes for a receiver, or empty.</param>
/// <remarks>
/// Separate from the comments on the event records: those describe C# types, and the contract describes Help Scout's
/// published statements about each event. Every statement of its webhooks page is here, in other words.
/// </remarks>
internal sealed record MessageText(string Title, string Summary, string Notes = "")
{
    private static readonly FrozenDictionary<string, MessageText> Table = new Dictionary<string, MessageText>
    {
        ["convo.assigned"] = new(
            "Conversation assigned",
            "Sent when a conversation is assigned to a Help Scout user or team.",
            "There is no separate event for unassigning; presumably this one is sent, without an assignee (inferred)."),
        ["convo.created"] = new(
            "Conversation created",
            "Sent when a new conversation is created in an inbox."),
        ["convo.ai-answers.created"] = new(
            "Conversation created by AI Answers",
            "Sent when Help Scout's AI Answers creates a conversation.",
            "Listed on Help Scout's webhooks page, but not among the names that its API accepts for a registration."),
        ["convo.deleted"] = new(
            "Conversation deleted",
            "Sent when a conversation is deleted. The body contains only the identifier of the deleted conversation.",
            "The inbox is not sent."),
        ["convo.merged"] = new(
            "Conversation merged",
            "Sent when two conversations are merged into one.",
            "The body is the conversation that remains. It does not name the one that was merged into it (reported)."),
        ["convo.moved"] = new(
            "Conversation moved",
            "Sent when a conversation is moved from one inbox to another.",
            "The previous inbox is not sent. One integrator saw no such event for a move made by a workflow (reported)."),
        ["convo.status"] = new(
            "Conversation status changed",
            "Sent when the status of a conversation changes, for example to active, pending, closed or spam.",
            "The previous status is not sent."),
        ["convo.tags"] = new(
            "Conversation tags changed",
            "Sent when tags are added to or removed from a conversation.",
            "The body lists the tags that the conversation has after the change, not the difference."),
        ["convo.custom-fields"] = new(
            "Conversation custom fields changed",
            "Sent when the values of a conversation's custom fields are updated.",
            "The body lists the values after the change, not the difference."),
        ["convo.customer.reply.created"] = new(
            "Customer reply created",
            "Sent when a customer replies to a conversation, which creates a new customer thread."),
        ["convo.agent.reply.created"] = new(
            "Agent reply created",
            "Sent when a Help Scout user (an agent) replies to a conversation, which creates a new agent thread.",
            "Automatic replies do not trigger it (documented). It was also seen for the first message of a conversation "
            + "that a user or the API started (reported)."),
        ["convo.note.created"] = new(
            "Note created",
            "Sent when an internal note is added to a conversation, which creates a new note thread."),
        ["customer.created"] = new(
            "Customer created",
            "Sent when a new customer is created. It fires globally and cannot be filtered by inbox."),
        ["customer.updated"] = new(
            "Customer updated",
            "Sent when a customer is updated: profile fields, emails, phones, social profiles, addresses or properties."),
        ["customer.deleted"] = new(
            "Customer deleted",
            "Sent when a customer is deleted. The body contains only the identifier of the deleted customer."),
        ["satisfaction.ratings"] = new(
            "Satisfaction rating received",
            "Sent when a customer submits a satisfaction rating (great, okay, not good) on a conversation thread.",
            "On the wire the values are `great`, `okay` and `not_good`. Whether a changed rating is sent again is not documented."),
        ["beacon.chat.created"] = new(
            "Beacon chat created",
            "Sent when a visitor starts a new live chat in a Beacon."),
        ["beacon.chat.customer.replied"] = new(
            "Beacon chat customer replied",
            "Sent when a customer sends a new message in a Beacon chat."),
        ["tag.created"] = new(
            "Tag created",
            "Sent when a new tag is created in the account."),
        ["tag.updated"] = new(
            "Tag updated",
            "Sent when the name or color of an existing tag is updated."),
        ["tag.deleted"] = new(
            "Tag deleted",
            "Sent when a tag is deleted. The body contains only the identifier of the deleted tag."),
        ["message.survey.response.received"] = new(
            "Survey response received",
            "Sent when a customer submits a response to a message survey.",
            "The body has no identifier of any kind."),
        ["organization.created"] = new(
            "Organization created",
            "Sent when a new organization is created in the account."),
        ["organization.updated"] = new(
            "Organization updated",
            "Sent when an organization is updated."),
        ["organization.deleted"] = new(
            "Organization deleted",
            "Sent when an organization is deleted. The body contains only the identifier of the deleted organization."),
        ["user.status.changed"] = new(
            "User status changed",
            "Sent when the online/offline status of a Help Scout user changes.",
            "The body gives the status for email and for chat separately (inferred from the API)."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Bodies = new Dictionary<string, string>
    {
        ["Conversation"] = "The body is the conversation as it is after the event.",
        ["Customer"] = "The body is the customer as it is after the event.",
        ["Rating"] = "The body is the rating.",
        ["BeaconChat"] = "The body is the chat as it is after the event.",
        ["Tag"] = "The body is the tag as it is after the event.",
        ["SurveyResponse"] = "The body is the response, with the customer where known.",
        ["Organization"] = "The body is the organization as it is after the event.",
        ["UserStatus"] = "The body is the status after the event.",
        ["DeletedResource"] = "The bodies of all four deletions look alike, and the signature does not cover the event name: a "
            + "captured body sent again under another deletion's name verifies. Ask Help Scout whether the resource is really "
            + "gone before you destroy anything.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static MessageText Of(string eventName) => Table[eventName];

    /// <summary>Returns the text below the summary: how to recognise the message, its body, and the notes.</summary>
    public static string Describe(string eventName, string payload) =>
        string.Join("\n\n", new[]
        {
            $"Sent as `{ContractText.EventHeader}: {eventName}`. {Bodies[payload]}",
            Of(eventName).Notes,
        }.Where(part => part.Length > 0));
}
