using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body says no more than the id of something that was deleted.</summary>
/// <remarks>
/// All deletions look alike but for the event name, and Help Scout's signature does not cover the name: a captured
/// body sent again under another deletion's name verifies. Ask Help Scout whether the resource is really gone before
/// destroying anything.
/// </remarks>
public abstract record DeletionEvent : HelpScoutEvent
{
    private protected DeletionEvent()
    {
    }

    /// <summary>The id of what was deleted.</summary>
    public required DeletedResource Deleted { get; init; }

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Deleted;
}
