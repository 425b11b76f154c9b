using System.Collections.Frozen;
using Scouthook.Events;

namespace Scouthook.Testing;

/// <summary>The 25 names that <c>POST /v2/webhooks</c> accepts.</summary>
/// <remarks>
/// Source: <c>/mailbox-api/endpoints/webhooks/create</c>. <c>convo.ai-answers.created</c> is in the table of the webhooks
/// page but not in this list, so it may be selectable in the UI only.
/// </remarks>
internal static class AcceptedEvents
{
    private const string NotAccepted = "convo.ai-answers.created";

    public static readonly IReadOnlyList<string> Names =
        [.. HelpScoutEventCatalog.All.Select(type => type.Name).Where(name => name != NotAccepted).Order(StringComparer.Ordinal)];

    private static readonly FrozenSet<string> Set = Names.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string name) => Set.Contains(name);
}
