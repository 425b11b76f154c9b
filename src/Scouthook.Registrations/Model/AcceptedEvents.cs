using System.Collections.Immutable;
using Scouthook.Events;

namespace Scouthook.Registrations.Model;

/// <summary>The event names that Help Scout's API accepts in a registration.</summary>
/// <remarks>
/// The documented list is <c>https://developer.helpscout.com/mailbox-api/endpoints/webhooks/create</c>. It lacks one of
/// the 26 events, <c>convo.ai-answers.created</c>, which may be selectable only in Help Scout's own pages. Help Scout
/// may accept names that are not listed; it validates them itself.
/// </remarks>
public static class AcceptedEvents
{
    /// <summary>The 25 documented names, in the order of the contract.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        .. HelpScoutEventCatalog.All
            .Where(type => type.EventClrType != typeof(ConversationCreatedByAiAnswers))
            .Select(type => type.Name),
    ];
}
