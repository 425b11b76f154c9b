using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Events;

public class HelpScoutEventCatalogTests
{
    // The table of section 3 of the design, row by row: message, name, record, payload, resource.
    public static TheoryData<string, string, Type, Type, ResourceKind?> Table => new()
    {
        { "convoAssigned", "convo.assigned", typeof(ConversationAssigned), typeof(Conversation), ResourceKind.Conversation },
        { "convoCreated", "convo.created", typeof(ConversationCreated), typeof(Conversation), ResourceKind.Conversation },
        {
            "convoAiAnswersCreated", "convo.ai-answers.created",
            typeof(ConversationCreatedByAiAnswers), typeof(Conversation), ResourceKind.Conversation
        },
        { "convoDeleted", "convo.deleted", typeof(ConversationDeleted), typeof(DeletedResource), ResourceKind.Conversation },
        { "convoMerged", "convo.merged", typeof(ConversationMerged), typeof(Conversation), ResourceKind.Conversation },
        { "convoMoved", "convo.moved", typeof(ConversationMoved), typeof(Conversation), ResourceKind.Conversation },
        { "convoStatus", "convo.status", typeof(ConversationStatusChanged), typeof(Conversation), ResourceKind.Conversation },
        { "convoTags", "convo.tags", typeof(ConversationTagsChanged), typeof(Conversation), ResourceKind.Conversation },
        {
            "convoCustomFields", "convo.custom-fields",
            typeof(ConversationCustomFieldsChanged), typeof(Conversation), ResourceKind.Conversation
        },
        {
            "convoCustomerReplyCreated", "convo.customer.reply.created",
            typeof(CustomerReplyCreated), typeof(Conversation), ResourceKind.Conversation
        },
        {
            "convoAgentReplyCreated", "convo.agent.reply.created",
            typeof(AgentReplyCreated), typeof(Conversation), ResourceKind.Conversation
        },
        { "convoNoteCreated", "convo.note.created", typeof(NoteCreated), typeof(Conversation), ResourceKind.Conversation },
        { "customerCreated", "customer.created", typeof(CustomerCreated), typeof(Customer), ResourceKind.Customer },
        { "customerUpdated", "customer.updated", typeof(CustomerUpdated), typeof(Customer), ResourceKind.Customer },
        { "customerDeleted", "customer.deleted", typeof(CustomerDeleted), typeof(DeletedResource), ResourceKind.Customer },
        {
            "satisfactionRatings", "satisfaction.ratings",
            typeof(SatisfactionRatingReceived), typeof(Rating), ResourceKind.Rating
        },
        { "beaconChatCreated", "beacon.chat.created", typeof(BeaconChatCreated), typeof(BeaconChat), ResourceKind.Chat },
        {
            "beaconChatCustomerReplied", "beacon.chat.customer.replied",
            typeof(BeaconChatCustomerReplied), typeof(BeaconChat), ResourceKind.Chat
        },
        { "tagCreated", "tag.created", typeof(TagCreated), typeof(Tag), ResourceKind.Tag },
        { "tagUpdated", "tag.updated", typeof(TagUpdated), typeof(Tag), ResourceKind.Tag },
        { "tagDeleted", "tag.deleted", typeof(TagDeleted), typeof(DeletedResource), ResourceKind.Tag },
        {
            "messageSurveyResponseReceived", "message.survey.response.received",
            typeof(SurveyResponseReceived), typeof(SurveyResponse), null
        },
        {
            "organizationCreated", "organization.created",
            typeof(OrganizationCreated), typeof(Organization), ResourceKind.Organization
        },
        {
            "organizationUpdated", "organization.updated",
            typeof(OrganizationUpdated), typeof(Organization), ResourceKind.Organization
        },
        {
            "organizationDeleted", "organization.deleted",
            typeof(OrganizationDeleted), typeof(DeletedResource), ResourceKind.Organization
        },
        { "userStatusChanged", "user.status.changed", typeof(UserStatusChanged), typeof(UserStatus), ResourceKind.User },
    };

    [Fact]
    public void Catalogue_has_exactly_the_26_event_types_of_the_contract()
    {
        var names = HelpScoutEventCatalog.All.Select(type => type.Name).ToList();

        Assert.Equal(26, names.Count);
        Assert.Equal(26, Table.Count);
        Assert.Equal(Table.Select(row => row.Data.Item2).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_match_the_files_of_the_contract() => Assert.Equal(
        Samples.Names, HelpScoutEventCatalog.All.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Table))]
    public void Row_links_message_name_record_payload_and_resource(
        string message, string name, Type eventClrType, Type payloadClrType, ResourceKind? resource)
    {
        var type = HelpScoutEventCatalog.Find(name);

        Assert.NotNull(type);
        Assert.Equal(message, type.MessageName);
        Assert.Equal(name, type.Name);
        Assert.Equal(name, type.ToString());
        Assert.Equal(eventClrType, type.EventClrType);
        Assert.Equal(payloadClrType, type.PayloadClrType);
        Assert.Equal(payloadClrType, type.PayloadJson.Type);
        Assert.Equal(resource, type.Resource);
        Assert.Equal(payloadClrType == typeof(DeletedResource), type.IsDeletion);
        Assert.Same(type, HelpScoutEventCatalog.Find(eventClrType));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Contract_sample_parses_as_the_record_and_payload_of_its_name(
        string message, string name, Type eventClrType, Type payloadClrType, ResourceKind? resource)
    {
        var helpScoutEvent = Samples.Event(name);

        Assert.IsType(eventClrType, helpScoutEvent);
        Assert.IsType(payloadClrType, helpScoutEvent.Payload);
        Assert.Equal(name, helpScoutEvent.Name);
        Assert.NotEqual(name, message);
        Assert.Equal(resource, Some.Facts(name, Samples.Body(name)).Resource?.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("helpscout.test")]
    [InlineData("Convo.Assigned")]
    [InlineData("convo.assigned ")]
    [InlineData("convoAssigned")]
    [InlineData("convo.tags.added")]
    [InlineData("satisfaction.ratings.received")]
    public void Name_outside_the_contract_is_not_found(string? name) =>
        Assert.Null(HelpScoutEventCatalog.Find(name));

    [Theory]
    [InlineData(typeof(HelpScoutEvent))]
    [InlineData(typeof(ConversationEvent))]
    [InlineData(typeof(UnknownEvent))]
    [InlineData(typeof(UnreadableEvent))]
    [InlineData(typeof(NotificationEvent))]
    [InlineData(typeof(string))]
    public void Type_outside_the_26_records_is_not_found(Type type) => Assert.Null(HelpScoutEventCatalog.Find(type));

    [Fact]
    public void Every_sealed_event_record_is_in_the_catalogue_or_a_special_event()
    {
        var records = typeof(HelpScoutEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(HelpScoutEvent)) && !type.IsAbstract);

        Assert.Equal(
            HelpScoutEventCatalog.All.Select(type => type.EventClrType)
                .Concat([typeof(UnknownEvent), typeof(UnreadableEvent), typeof(NotificationEvent)])
                .OrderBy(type => type.Name, StringComparer.Ordinal),
            records.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("conversations", typeof(ConversationEvent), 12)]
    [InlineData("customers", typeof(CustomerEvent), 3)]
    [InlineData("tags", typeof(TagEvent), 3)]
    [InlineData("organizations", typeof(OrganizationEvent), 3)]
    public void Family_contains_the_records_derived_from_its_own_including_the_deletion(string family, Type record, int count)
    {
        var types = HelpScoutEventCatalog.FindFamily(family);

        Assert.Equal(count, types.Length);
        Assert.Equal(HelpScoutEventCatalog.All.Where(type => record.IsAssignableFrom(type.EventClrType)), types);
        Assert.Single(types, type => type.IsDeletion);
        Assert.All(types, type => Assert.Equal(family, type.Family));
    }

    [Fact]
    public void There_are_four_families() => Assert.Equal(
        ["conversations", "customers", "tags", "organizations"], HelpScoutEventCatalog.Families);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Conversations")]
    [InlineData("convo.*")]
    [InlineData("chats")]
    public void Unknown_family_name_has_no_events(string? word) => Assert.Empty(HelpScoutEventCatalog.FindFamily(word));
}
