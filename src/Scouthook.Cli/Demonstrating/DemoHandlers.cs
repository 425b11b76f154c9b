using Scouthook.Events;

namespace Scouthook.Cli.Demonstrating;

/// <summary>The handlers of the demo: one for each event, and one that sees everything that was verified.</summary>
internal static class DemoHandlers
{
    public static void Add(ScouthookBuilder builder, Arrivals arrivals)
    {
        Add<HelpScoutEvent>();

        Add<ConversationAssigned>();
        Add<ConversationCreated>();
        Add<ConversationCreatedByAiAnswers>();
        Add<ConversationDeleted>();
        Add<ConversationMerged>();
        Add<ConversationMoved>();
        Add<ConversationStatusChanged>();
        Add<ConversationTagsChanged>();
        Add<ConversationCustomFieldsChanged>();
        Add<CustomerReplyCreated>();
        Add<AgentReplyCreated>();
        Add<NoteCreated>();
        Add<CustomerCreated>();
        Add<CustomerUpdated>();
        Add<CustomerDeleted>();
        Add<SatisfactionRatingReceived>();
        Add<BeaconChatCreated>();
        Add<BeaconChatCustomerReplied>();
        Add<TagCreated>();
        Add<TagUpdated>();
        Add<TagDeleted>();
        Add<SurveyResponseReceived>();
        Add<OrganizationCreated>();
        Add<OrganizationUpdated>();
        Add<OrganizationDeleted>();
        Add<UserStatusChanged>();

        void Add<TEvent>()
            where TEvent : HelpScoutEvent =>
            builder.AddHandler<TEvent>((helpScoutEvent, _) => arrivals.AddAsync(helpScoutEvent));
    }
}
