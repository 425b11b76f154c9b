using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>The 26 event types of the contract: the only place that connects names, records and payloads.</summary>
/// <remarks>
/// Names and payloads: <c>https://developer.helpscout.com/webhooks</c> and, for organizations and user status,
/// <c>https://developer.helpscout.com/mailbox-api/endpoints/webhooks/create</c>.
/// </remarks>
public static class HelpScoutEventCatalog
{
    /// <summary>All event types, in the order of the contract.</summary>
    public static ImmutableArray<HelpScoutEventType> All { get; } =
    [
        Conversation("convoAssigned", "convo.assigned", payload => new ConversationAssigned { Conversation = payload }),
        Conversation("convoCreated", "convo.created", payload => new ConversationCreated { Conversation = payload }),
        Conversation(
            "convoAiAnswersCreated", "convo.ai-answers.created",
            payload => new ConversationCreatedByAiAnswers { Conversation = payload }),
        Deletion(
            "convoDeleted", "convo.deleted", ResourceKind.Conversation,
            payload => new ConversationDeleted { Deleted = payload }),
        Conversation("convoMerged", "convo.merged", payload => new ConversationMerged { Conversation = payload }),
        Conversation("convoMoved", "convo.moved", payload => new ConversationMoved { Conversation = payload }),
        Conversation(
            "convoStatus", "convo.status", payload => new ConversationStatusChanged { Conversation = payload }),
        Conversation("convoTags", "convo.tags", payload => new ConversationTagsChanged { Conversation = payload }),
        Conversation(
            "convoCustomFields", "convo.custom-fields",
            payload => new ConversationCustomFieldsChanged { Conversation = payload }),
        Conversation(
            "convoCustomerReplyCreated", "convo.customer.reply.created",
            payload => new CustomerReplyCreated { Conversation = payload }),
        Conversation(
            "convoAgentReplyCreated", "convo.agent.reply.created",
            payload => new AgentReplyCreated { Conversation = payload }),
        Conversation("convoNoteCreated", "convo.note.created", payload => new NoteCreated { Conversation = payload }),
        Customer("customerCreated", "customer.created", payload => new CustomerCreated { Customer = payload }),
        Customer("customerUpdated", "customer.updated", payload => new CustomerUpdated { Customer = payload }),
        Deletion(
            "customerDeleted", "customer.deleted", ResourceKind.Customer,
            payload => new CustomerDeleted { Deleted = payload }),
        Row(
            "satisfactionRatings", "satisfaction.ratings", PayloadShape.Rating, ResourceKind.Rating,
            static () => HelpScoutJsonContext.Default.Rating, payload => new SatisfactionRatingReceived { Rating = payload }),
        Chat("beaconChatCreated", "beacon.chat.created", payload => new BeaconChatCreated { Chat = payload }),
        Chat(
            "beaconChatCustomerReplied", "beacon.chat.customer.replied",
            payload => new BeaconChatCustomerReplied { Chat = payload }),
        Tag("tagCreated", "tag.created", payload => new TagCreated { Tag = payload }),
        Tag("tagUpdated", "tag.updated", payload => new TagUpdated { Tag = payload }),
        Deletion("tagDeleted", "tag.deleted", ResourceKind.Tag, payload => new TagDeleted { Deleted = payload }),
        Row(
            "messageSurveyResponseReceived", "message.survey.response.received", PayloadShape.Survey, null,
            static () => HelpScoutJsonContext.Default.SurveyResponse, payload => new SurveyResponseReceived { Response = payload }),
        Organization(
            "organizationCreated", "organization.created",
            payload => new OrganizationCreated { Organization = payload }),
        Organization(
            "organizationUpdated", "organization.updated",
            payload => new OrganizationUpdated { Organization = payload }),
        Deletion(
            "organizationDeleted", "organization.deleted", ResourceKind.Organization,
            payload => new OrganizationDeleted { Deleted = payload }),
        Row(
            "userStatusChanged", "user.status.changed", PayloadShape.UserStatus, ResourceKind.User,
            static () => HelpScoutJsonContext.Default.UserStatus, payload => new UserStatusChanged { Status = payload }),
    ];

    // Below the table on purpose: static initialisers run in textual order.
    private static readonly FrozenDictionary<string, HelpScoutEventType> ByName =
        All.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, HelpScoutEventType> ByClrType =
        All.ToFrozenDictionary(row => row.EventClrType);

    private static readonly FrozenDictionary<string, ImmutableArray<HelpScoutEventType>> ByFamily = All
        .Where(row => row.Family is not null)
        .GroupBy(row => row.Family!)
        .ToFrozenDictionary(family => family.Key, family => family.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>Finds an event type by its wire name.</summary>
    /// <param name="name">The value of <c>X-HelpScout-Event</c>; case-sensitive.</param>
    /// <returns>The event type, or <see langword="null"/> if the name is not in the catalogue.</returns>
    public static HelpScoutEventType? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    /// <summary>Finds an event type by the record that carries it.</summary>
    /// <param name="eventClrType">One of the 26 sealed records.</param>
    /// <returns>The event type, or <see langword="null"/> if the type is not one of them.</returns>
    public static HelpScoutEventType? Find(Type eventClrType)
    {
        ArgumentNullException.ThrowIfNull(eventClrType);

        return ByClrType.GetValueOrDefault(eventClrType);
    }

    /// <summary>The names of the families that have more than one kind of event and a deletion.</summary>
    /// <value><c>conversations</c>, <c>customers</c>, <c>tags</c> and <c>organizations</c>.</value>
    public static ImmutableArray<string> Families { get; } = [.. All.Select(row => row.Family).OfType<string>().Distinct()];

    /// <summary>Finds the event types of a family.</summary>
    /// <param name="family">One of <see cref="Families"/>; case-sensitive.</param>
    /// <returns>
    /// Its event types including the deletion, in the order of the contract; empty if there is no such family.
    /// </returns>
    public static ImmutableArray<HelpScoutEventType> FindFamily(string? family) =>
        family is null ? [] : ByFamily.GetValueOrDefault(family, []);

    /// <summary>
    /// Returns a name in a form that is safe to display: names outside the catalogue come from outside and can be
    /// anything.
    /// </summary>
    /// <param name="name">The value of <c>X-HelpScout-Event</c>.</param>
    /// <returns>
    /// The name, without control characters and at most 100 characters long; <c>(no name)</c> if there is none.
    /// </returns>
    internal static string DisplayName(string? name)
    {
        const int maxLength = 100;
        if (string.IsNullOrEmpty(name))
        {
            return "(no name)";
        }

        if (ByName.ContainsKey(name))
        {
            return name;
        }

        var visible = name.Length > maxLength ? name[..maxLength] : name;
        return visible.Any(char.IsControl)
            ? string.Concat(visible.Select(character => char.IsControl(character) ? '?' : character))
            : visible;
    }

    private static HelpScoutEventType Conversation<TEvent>(
        string message, string name, Func<Conversation, TEvent> create)
        where TEvent : ConversationSnapshotEvent =>
        Row(
            message, name, PayloadShape.Conversation, ResourceKind.Conversation,
            static () => HelpScoutJsonContext.Default.Conversation, create);

    private static HelpScoutEventType Customer<TEvent>(string message, string name, Func<Customer, TEvent> create)
        where TEvent : CustomerSnapshotEvent =>
        Row(
            message, name, PayloadShape.Customer, ResourceKind.Customer, static () => HelpScoutJsonContext.Default.Customer, create);

    private static HelpScoutEventType Chat<TEvent>(string message, string name, Func<BeaconChat, TEvent> create)
        where TEvent : BeaconChatEvent =>
        Row(message, name, PayloadShape.Chat, ResourceKind.Chat, static () => HelpScoutJsonContext.Default.BeaconChat, create);

    private static HelpScoutEventType Tag<TEvent>(string message, string name, Func<Tag, TEvent> create)
        where TEvent : TagSnapshotEvent =>
        Row(message, name, PayloadShape.Tag, ResourceKind.Tag, static () => HelpScoutJsonContext.Default.Tag, create);

    private static HelpScoutEventType Organization<TEvent>(
        string message, string name, Func<Organization, TEvent> create)
        where TEvent : OrganizationSnapshotEvent =>
        Row(
            message, name, PayloadShape.Organization, ResourceKind.Organization,
            static () => HelpScoutJsonContext.Default.Organization, create);

    private static HelpScoutEventType Deletion<TEvent>(
        string message, string name, ResourceKind resource, Func<DeletedResource, TEvent> create)
        where TEvent : HelpScoutEvent, IDeletionEvent =>
        Row(message, name, PayloadShape.Deleted, resource, static () => HelpScoutJsonContext.Default.DeletedResource, create);

    private static HelpScoutEventType Row<TPayload, TEvent>(
        string message, string name, PayloadShape shape, ResourceKind? resource,
        Func<JsonTypeInfo<TPayload>> payloadJson, Func<TPayload, TEvent> create)
        where TPayload : HelpScoutPayload
        where TEvent : HelpScoutEvent =>
        new(
            message, name, shape, resource, typeof(TPayload), payloadJson, typeof(TEvent),
            payload => create((TPayload)payload));
}
